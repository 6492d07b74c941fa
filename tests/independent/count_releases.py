"""Count what is wrong in an archive of news releases, without ogcheck.

A linter that is only ever compared with itself agrees with itself. This tool answers the questions
that ogcheck's rules answer over the police releases, by another road: PyYAML's ``BaseLoader``,
``html.unescape`` on whole references, ``urllib.parse``, regular expressions. It imports nothing of
ogcheck and was written without reading it, so that where the two disagree one of them is wrong.
Every answer carries its files, so that a disagreement can be diffed.

    python tests/independent/count_releases.py FOLDER > counts.json
"""

from __future__ import annotations

import html
import html.entities
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import yaml

Properties = dict[str, list[str]]

PAGE_NAMES = {
    "title": "page:title",
    "url": "page:canonical",
    "publish.date": "page:published",
}
STRUCTURED = {"image", "video", "audio", "locale"}
PREFIXES = {"og", "article", "twitter", "fb", "book", "profile", "music", "video"}
URL_PROPERTIES = (
    "page:canonical",
    "og:url",
    "og:image",
    "og:image:url",
    "twitter:url",
    "twitter:image",
)
ABSOLUTE_PROPERTIES = ("page:canonical", "og:url", "og:image", "og:image:url", "twitter:image")
REQUIRED = ("og:title", "og:url", "og:type", "og:description", "og:site_name")
OG_TYPES = {
    "article",
    "book",
    "music.album",
    "music.playlist",
    "music.radio_station",
    "music.song",
    "profile",
    "video.episode",
    "video.movie",
    "video.other",
    "video.tv_show",
    "website",
}

REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
FENCED = re.compile(r"\A```yaml[ \t]*\r?\n(.*?)^```[ \t]*\r?$", re.DOTALL | re.MULTILINE)
ENCODED_WHOLE = re.compile(r"https?%3a(?:%2f|/){2}", re.IGNORECASE)
SEPARATORS = "|-\u2013\u2014\u00b7\u2022:\u00bb\u203a\uff5c~/\u00ab"
SEPARATED_SUFFIX = re.compile(
    rf"\s*[{re.escape(SEPARATORS)}]+\s+\S.*|\s+[{re.escape(SEPARATORS)}].*"
)
SEPARATED_PREFIX = re.compile(rf".*\S\s*[{re.escape(SEPARATORS)}]+\s+")
BARE_SEPARATOR = re.compile(rf"\s*[{re.escape(SEPARATORS)}]+\s*")
INDEX_FILE = re.compile(r"/index(?:\.(?:html?|php|aspx?))?$", re.IGNORECASE)
PATH_SIZE = re.compile(
    r"[-a-z](\d{2,4})x(\d{2,4})\.[a-z]{3,4}$|/(\d{2,4})x(\d{2,4})/", re.IGNORECASE
)
DEFAULT_IMAGE = re.compile(
    r"default|placeholder|no-image|apple-touch-icon|(?:^|-)logo\.", re.IGNORECASE
)
# `h=ba25327c` is a cache key, not a height.
SIZE_KEY = re.compile(r"w|width|h|height", re.IGNORECASE)
SIZE = re.compile(r"[0-9]{1,5}")
LOCALE = re.compile(r"[a-z]{2}_[A-Z]{2}")
SMALLEST = (600, 315)

MONTHS = (
    "January February March April May June July August September October November December"
).split()
SHORT_MONTHS = [month[:3] for month in MONTHS]
_DAY, _ORDINAL = r"(?P<day>\d{1,2})", r"(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)"
_LONG, _SHORT = rf"(?P<month>{'|'.join(MONTHS)})", rf"(?P<month>{'|'.join(SHORT_MONTHS)})"
_YEAR, _CLOCK = r"(?P<year>\d{4})", r"(?P<hour>\d{1,2}):(?P<minute>\d{2})"
DATE_FORMS = {
    "HH:MM DD/MM/YYYY": rf"{_CLOCK} (?P<day>\d\d)/(?P<month>\d\d)/{_YEAR}",
    "D Mon YYYY": rf"{_DAY} {_SHORT} {_YEAR}",
    "D Month YYYY": rf"{_DAY} {_LONG} {_YEAR}",
    "ordinal Mon YYYY": rf"{_ORDINAL} {_SHORT} {_YEAR}",
    "ordinal Month YYYY": rf"{_ORDINAL} {_LONG} {_YEAR}",
    "Posted at HH:MM on ordinal Mon YYYY": rf"Posted at {_CLOCK} on {_ORDINAL} {_SHORT} {_YEAR}",
    "Posted at HH:MM on ordinal Month YYYY": rf"Posted at {_CLOCK} on {_ORDINAL} {_LONG} {_YEAR}",
    "D Mon YYYY HH:MM": rf"{_DAY} {_SHORT} {_YEAR} {_CLOCK}",
}

WHITESPACE: dict[str, Callable[[str], bool]] = {
    "ends": lambda text: text != text.strip(" \t\r\n"),
    "ends, no-break space": lambda text: (
        text.strip(" \t\r\n")[:1] == "\xa0" or text.strip(" \t\r\n")[-1:] == "\xa0"
    ),
    "doubled spaces": lambda text: "  " in text,
    "doubled, with a no-break space": lambda text: bool(re.search("[ \xa0]\xa0|\xa0 ", text)),
    "a space beside a no-break space": lambda text: bool(re.search(r"\S(?: +\xa0|\xa0 )", text)),
    "line break": lambda text: bool(re.search("[\n\r\v\f\x85\u2028\u2029]", text)),
    "tab": lambda text: "\t" in text,
    "control": lambda text: any(
        unicodedata.category(c) == "Cc" and c not in "\t\n\r" for c in text
    ),
    "zero width": lambda text: bool(re.search("[\u200b-\u200d\u2060\ufeff]", text)),
    "other format character": lambda text: any(
        unicodedata.category(c) == "Cf" and c not in "\u200b\u200c\u200d\u2060\ufeff" for c in text
    ),
    "no-break space": lambda text: "\xa0" in text,
}

TYPOGRAPHY = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "`": "'", "\u00b4": "'"}
    | {"\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-", "\u2032": "'", "\u2033": '"'}
    | {"\u2026": "...", "\u00ad": "", "\u00d7": "x"}
)


@dataclass
class Groups:
    """Files by group; a group's count is the number of its files."""

    files: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, group: str, path: str) -> None:
        self.files[group].add(path)

    def answer(self) -> dict[str, object]:
        return {
            group: {"count": len(paths), "files": sorted(paths)}
            for group, paths in sorted(self.files.items())
        }


@dataclass(frozen=True)
class Release:
    """One file: its path relative to the archive, and its values by canonical name."""

    path: str
    properties: Properties

    def first(self, name: str) -> str | None:
        """The first value that is not blank, its references resolved and its ends trimmed."""
        values = (meant(value) for value in self.properties.get(name, []))
        return next((value for value in values if value), None)

    def has_og(self) -> bool:
        return any(name.startswith("og:") and self.first(name) for name in self.properties)


def references(value: str) -> list[str]:
    """Complete character references: numeric, or of a name that HTML knows."""
    found: list[str] = REFERENCE.findall(value)
    return [text for text in found if text[1] == "#" or text[1:] in html.entities.html5]


def decode_once(value: str) -> str:
    """Resolve complete references only: `html.unescape` would also eat the `&copy` of a query."""
    known = set(references(value))
    return REFERENCE.sub(
        lambda match: html.unescape(match[0]) if match[0] in known else match[0], value
    )


def meant(value: str) -> str:
    """The value with references resolved, however often it was escaped, and its ends trimmed."""
    while (decoded := decode_once(value)) != value:
        value = decoded
    return value.strip()


def canonical_name(keys: tuple[str, ...]) -> str:
    """`og.site.name` is og:site_name, `og.image.url` is og:image:url, `title` is page:title."""
    dotted = ".".join(keys)
    if dotted in PAGE_NAMES:
        return PAGE_NAMES[dotted]
    first, *rest = keys
    if first not in PREFIXES or not rest:
        return dotted
    joint = ":" if first == "og" and rest[0] in STRUCTURED else "_"
    return f"{first}:{joint.join(rest)}"


def flatten(tree: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from flatten(value, (*keys, str(key)))
    elif isinstance(tree, list):
        for value in tree:
            yield from flatten(value, keys)
    else:
        yield canonical_name(keys), str(tree)


def read(path: Path, folder: Path) -> Release:
    """Read one release; ValueError where no fenced block opens the file."""
    block = FENCED.match(path.read_bytes().decode())
    if block is None:
        raise ValueError(f"{path}: no ```yaml block at the top")
    properties: Properties = defaultdict(list)
    loader = yaml.BaseLoader(block[1])
    try:
        for name, value in flatten(loader.get_single_data()):
            properties[name].append(value)
    finally:
        loader.dispose()
    return Release(path.relative_to(folder).as_posix(), dict(properties))


def is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def url_kind(url: str) -> str:
    """What a URL is: absolute, encoded whole, protocol-relative, other scheme, or relative."""
    if is_absolute(url):
        return "absolute"
    if ENCODED_WHOLE.match(url):
        return "encoded whole"
    if url.startswith("//"):
        return "protocol-relative"
    return "other scheme" if urlsplit(url).scheme else "relative"


def encoded(text: str) -> str:
    """As a browser writes it: what is not ASCII, and spaces, percent-encoded; nothing decoded."""
    return quote(text, safe="%/:;,.?@!$&'()*+=~-_[]|^`{}\\#\"<>")


def plain_path(parts: SplitResult) -> str:
    return encoded(parts.path) or "/"


def host(parts: SplitResult) -> str:
    """The host, with its port if that is not the scheme's own."""
    default = {"http": 80, "https": 443}.get(parts.scheme)
    name = (parts.hostname or "").rstrip(".")
    return name if parts.port in {None, default} else f"{name}:{parts.port}"


def loose_path(path: str) -> str:
    return INDEX_FILE.sub("/", path).rstrip("/").lower()


def form_differences(left: SplitResult, right: SplitResult) -> list[str]:
    """Which forms differ, where the forms alone may tell two paths or hosts apart."""
    found = []
    hosts, paths = (host(left), host(right)), (plain_path(left), plain_path(right))
    if hosts[0] != hosts[1] and hosts[0].removeprefix("www.") == hosts[1].removeprefix("www."):
        found.append("www.")
    if paths[0] != paths[1] and loose_path(paths[0]) == loose_path(paths[1]):
        without_index = [INDEX_FILE.sub("/", path) for path in paths]
        if any(INDEX_FILE.search(path) for path in paths):
            found.append("index")
        if without_index[0].endswith("/") != without_index[1].endswith("/"):
            found.append("trailing slash")
        if without_index[0].rstrip("/") != without_index[1].rstrip("/"):
            found.append("letter case")
    return found


def url_difference(page: str | None, shared: str | None) -> tuple[str, list[str]]:
    """The class of the difference between a page's URL and its og:url, and the forms that differ.

    Classes name what differs, joined by `+`, in the order form, host, path, query, fragment.
    The scheme is named only where nothing else differs.
    """
    if page is None or shared is None:
        return "missing", []
    kind = url_kind(shared)
    if kind == "encoded whole":
        return kind, []
    if kind != "absolute" or not is_absolute(page):
        return "relative", []
    left, right = urlsplit(page), urlsplit(shared)
    forms = form_differences(left, right)
    differences = ["form"] if forms else []
    if host(left).removeprefix("www.") != host(right).removeprefix("www."):
        differences.append("host")
    if loose_path(plain_path(left)) != loose_path(plain_path(right)):
        differences.append("path")
    if encoded(left.query) != encoded(right.query):
        differences.append("query")
    if encoded(left.fragment) != encoded(right.fragment):
        differences.append("fragment")
    if not differences:
        return ("equal" if left.scheme == right.scheme else "scheme only"), []
    return "+".join(differences), forms


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", meant(text)).strip()


def typographically_folded(text: str) -> str:
    """Also alike: compatibility forms, kinds of quotation mark and dash, letter case."""
    compatible = unicodedata.normalize("NFKC", text.translate(TYPOGRAPHY))
    return re.sub(r"\s+", " ", compatible.translate(TYPOGRAPHY)).strip().casefold()


def affix(longer: str, shorter: str) -> tuple[str, str] | None:
    """What `longer` has beside `shorter`: `suffix`, `prefix` or `bare separator`, and its text."""
    if not shorter or longer == shorter:
        return None
    if longer.startswith(shorter):
        rest = longer[len(shorter) :]
        if BARE_SEPARATOR.fullmatch(rest):
            return "bare separator", rest
        if SEPARATED_SUFFIX.fullmatch(rest):
            return "suffix", rest
    if longer.endswith(shorter):
        rest = longer[: -len(shorter)]
        if BARE_SEPARATOR.fullmatch(rest):
            return "bare separator", rest
        if SEPARATED_PREFIX.fullmatch(rest):
            return "prefix", rest
    return None


def is_shortened(title: str, shared: str) -> bool:
    """Whether one of the two goes on as the other does, up to an ellipsis."""
    cut = [re.split(r"\u2026|\.\.\.", text)[0].rstrip() for text in (title, shared)]
    return any(
        len(start) < len(text) and bool(start) and other.startswith(start)
        for start, text, other in ((cut[0], title, shared), (cut[1], shared, title))
    )


def title_relation(title: str, shared: str) -> tuple[str, str]:
    """How the page's title and og:title relate, and the text of the affix, if that is it."""
    if title == shared:
        return "equal", ""
    if found := affix(title, shared):
        return f"title has a {found[0]}", found[1]
    if found := affix(shared, title):
        return f"og:title has a {found[0]}", found[1]
    return "neither", ""


def is_clock(hour: int, minute: int) -> bool:
    try:
        time(hour, minute)
    except ValueError:
        return False
    return True


def date_form(text: str) -> str | None:
    """The first form that the whole text has, if it names a day and a time that exist."""
    for form, pattern in DATE_FORMS.items():
        match = re.fullmatch(pattern, text)
        if match is None:
            continue
        parts = match.groupdict()
        month = parts["month"]
        number = int(month) if month.isdigit() else SHORT_MONTHS.index(month[:3]) + 1
        try:
            day = date(int(parts["year"]), number, int(parts["day"]))
        except ValueError:
            continue
        if not is_clock(int(parts.get("hour") or 0), int(parts.get("minute") or 0)):
            continue
        ordinal = parts.get("ordinal")
        teens = day.day in {11, 12, 13}
        right = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        if ordinal in {None, right}:
            return form
    return None


def is_staging(hostname: str) -> bool:
    vendors = (".mpw.cds.co.uk", ".netlify.app", ".vercel.app", ".pages.dev")
    first, *others = hostname.split(".")
    return hostname.endswith(vendors) or (first in {"staging", "dev", "test"} and len(others) > 1)


def asked_sizes(url: str) -> tuple[dict[str, int], tuple[int, int] | None]:
    """The size that a URL's query asks for (the last of each), and the size in its path."""
    parts = urlsplit(url)
    query = {
        key.lower()[0]: int(value)
        for key, value in parse_qsl(parts.query)
        if SIZE_KEY.fullmatch(key) and SIZE.fullmatch(value)
    }
    found = PATH_SIZE.search(unquote(parts.path))
    numbers = [int(number) for number in found.groups() if number] if found else []
    return query, (numbers[0], numbers[1]) if numbers else None


def count_entities(releases: Iterable[Release]) -> dict[str, object]:
    files, again = Groups(), Groups()
    totals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for release in releases:
        for name, values in release.properties.items():
            found = [reference for value in values for reference in references(value)]
            if found:
                files.add(name, release.path)
                totals[name] += len(found)
                kinds.update(found)
            if any(references(decode_once(value)) for value in values):
                again.add(name, release.path)
    return {
        "by_property": files.answer(),
        "references": dict(sorted(totals.items())),
        "kinds": dict(kinds.most_common()),
        "escaped_more_than_once": again.answer(),
    }


def count_url_differences(releases: Iterable[Release]) -> dict[str, object]:
    classes, forms, pairs = Groups(), Groups(), []
    for release in releases:
        page, shared = release.first("page:canonical"), release.first("og:url")
        difference, details = url_difference(page, shared)
        classes.add(difference, release.path)
        for detail in details:
            forms.add(detail, release.path)
        if difference not in {"equal", "missing"}:
            pairs.append({"path": release.path, "class": difference, "url": page, "og:url": shared})
    return {"by_class": classes.answer(), "form": forms.answer(), "pairs": pairs}


def count_urls(releases: Iterable[Release]) -> dict[str, object]:
    kinds: defaultdict[str, Groups] = defaultdict(Groups)
    staging, fragments, roots, encoded_whole = Groups(), Groups(), Groups(), Groups()
    for release in releases:
        for name in URL_PROPERTIES:
            url = release.first(name)
            if url is None:
                continue
            kind = url_kind(url)
            if kind == "encoded whole":
                encoded_whole.add(name, release.path)
            if kind != "absolute" and name in ABSOLUTE_PROPERTIES:
                kinds[name].add(kind, release.path)
            # A URL that is encoded whole has a host too, which must not be overlooked.
            parts = urlsplit(unquote(url) if kind == "encoded whole" else url)
            if is_staging(parts.hostname or ""):
                staging.add(name, release.path)
            if "#" in url and name in {"page:canonical", "og:url"}:
                fragments.add(name, release.path)
            if parts.hostname and parts.path in {"", "/"} and not parts.query:
                roots.add(name, release.path)
    return {
        "percent_encoded_urls": encoded_whole.answer(),
        "relative_urls": {name: kinds[name].answer() for name in sorted(kinds)},
        "staging_hosts": staging.answer(),
        "fragments": fragments.answer(),
        "home_page_urls": roots.answer(),
    }


def count_titles(releases: Iterable[Release]) -> dict[str, object]:
    relations = Groups()
    affixes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    differences = []
    for release in releases:
        title, shared = release.first("page:title"), release.first("og:title")
        if title is None or shared is None:
            what = "no title" if title is None else "no og:title"
            relations.add("neither title" if title == shared else what, release.path)
            continue
        title, shared = folded(title), folded(shared)
        relation, text = title_relation(title, shared)
        relations.add(relation, release.path)
        if text:
            affixes[relation][text] += 1
        if relation == "neither":
            alike = title_relation(typographically_folded(title), typographically_folded(shared))
            differences.append(
                {
                    "path": release.path,
                    "title": title,
                    "og:title": shared,
                    "typography and case aside": alike[0],
                    "shortened": is_shortened(title, shared),
                }
            )
    return {
        "relations": relations.answer(),
        "affixes": {relation: dict(texts.most_common()) for relation, texts in affixes.items()},
        "differences": differences,
    }


def count_types(releases: Iterable[Release]) -> dict[str, object]:
    spelt, foreign = Groups(), Groups()
    values: Counter[str] = Counter()
    for release in releases:
        kind = release.first("og:type")
        if kind is None:
            continue
        values[kind] += 1
        if kind not in OG_TYPES and kind.lower() in OG_TYPES:
            spelt.add(kind, release.path)
        if kind.lower() != "article":
            for name in release.properties:
                if name.startswith("article:"):
                    foreign.add(f"{name} on {kind}", release.path)
    return {
        "article_type": spelt.answer(),
        "types": dict(values.most_common()),
        "article_properties_on_other_types": foreign.answer(),
    }


def count_missing(releases: Iterable[Release]) -> dict[str, object]:
    missing = Groups()
    for release in releases:
        if not release.has_og():
            missing.add("no og at all", release.path)
            continue
        for name in REQUIRED:
            if release.first(name) is None:
                missing.add(name, release.path)
        if release.first("og:image") is None and release.first("og:image:url") is None:
            missing.add("og:image", release.path)
        elif release.first("og:image:alt") is None:
            missing.add("og:image:alt", release.path)
    return missing.answer()


def count_dates(releases: Iterable[Release]) -> dict[str, object]:
    shapes, forms, none = Groups(), Groups(), []
    for release in releases:
        for value in release.properties.get("page:published", []):
            shapes.add(re.sub(r"\d", "9", value), release.path)
            form = date_form(meant(value))
            forms.add(form or "none", release.path)
            if form is None:
                none.append({"path": release.path, "value": value})
    return {"shapes": shapes.answer(), "forms": forms.answer(), "none": none}


def count_locales(releases: Iterable[Release]) -> dict[str, object]:
    values, malformed = Groups(), Groups()
    for release in releases:
        locale = release.first("og:locale")
        if locale is not None:
            values.add(locale, release.path)
            if not LOCALE.fullmatch(locale):
                malformed.add(locale, release.path)
    return {"values": values.answer(), "malformed": malformed.answer()}


def count_images(releases: Iterable[Release]) -> dict[str, object]:
    small, default = Groups(), Groups()
    sizes: Counter[str] = Counter()
    for release in releases:
        for name in ("og:image", "og:image:url"):
            url = release.first(name)
            if url is None:
                continue
            query, in_path = asked_sizes(url)
            width, height = query.get("w"), query.get("h")
            if query:
                sizes[f"query {width}x{height}"] += 1
            if in_path:
                sizes[f"path {in_path[0]}x{in_path[1]}"] += 1
            if (width or SMALLEST[0]) < SMALLEST[0] or (height or SMALLEST[1]) < SMALLEST[1]:
                small.add(f"{name} by query", release.path)
            elif in_path and (in_path[0] < SMALLEST[0] or in_path[1] < SMALLEST[1]):
                small.add(f"{name} by path", release.path)
            if DEFAULT_IMAGE.search(urlsplit(url).path.rpartition("/")[2]):
                default.add(name, release.path)
    return {
        "small_renditions": small.answer(),
        "asked_sizes": dict(sizes.most_common()),
        "default_images": default.answer(),
    }


def count_whitespace(releases: Iterable[Release]) -> dict[str, object]:
    kinds: defaultdict[str, Groups] = defaultdict(Groups)
    for release in releases:
        for name, values in release.properties.items():
            for kind, test in WHITESPACE.items():
                if any(test(value) for value in values):
                    kinds[kind].add(name, release.path)
                elif any(test(decode_once(value)) for value in values):
                    kinds[f"{kind}, only once decoded"].add(name, release.path)
    return {kind: kinds[kind].answer() for kind in sorted(kinds)}


def count(folder: Path) -> dict[str, object]:
    """Every answer about the releases below `folder`; paths are relative to it, with `/`.

    Raises ValueError (a UnicodeDecodeError among them) or yaml.YAMLError where a file is no
    release.
    """
    releases = [read(path, folder) for path in sorted(folder.rglob("*.md"))]
    return {
        "releases": len(releases),
        "entities_by_property": count_entities(releases),
        "url_differences": count_url_differences(releases),
        **count_urls(releases),
        "titles": count_titles(releases),
        **count_types(releases),
        "missing": count_missing(releases),
        "dates": count_dates(releases),
        "locales": count_locales(releases),
        **count_images(releases),
        "whitespace": count_whitespace(releases),
    }


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: count_releases.py FOLDER", file=sys.stderr)
        return 2
    print(json.dumps(count(Path(arguments[0])), indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
