"""When a built page says what its source says: texts, images, dates and addresses compared.

Generators shorten, clean and complete what front matter holds. What is the same but for that is no
difference; and where the page says what stands elsewhere in the front matter, the template has made
its choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from ogcheck.page import Page, Property
from ogcheck.rules.pair_base import Pair
from ogcheck.values import dates, markup, moments, references, titles, urls
from ogcheck.values.patterns import late

_WORD = late(r"\w+")
_SHORTEST = 4
"""So many words make a text that was cut the beginning of another one."""
_LEAST = 20
"""So many letters do, too, where words are long."""
_LEAST_CUT = 8
"""And so many where an ellipsis says that it was cut."""
_HASHED = late(r"[-.@][0-9a-z_.@-]*$")
_RESIZED = late(
    r"(?:(?:thumb|thumbnail|small|medium|large|resized|scaled|optimized|og|social|share|card|"
    r"preview|w?\d+(?:x\d+)?)-)+"
)
"""What stands before the name of a picture that was made from another."""
_NAME_JOINS = late(r"[\s_-]+")
_ELLIPSIS = late(r"(?:(?<!\s)\s++)?+(?:…|\.\.\.|\[…\]|\[\.\.\.\])")
_MORE = 5
"""So many words after an ellipsis invite to read on."""
_ANDS = frozenset("and und et y e en och og".split())
"""How titles write ``&`` in words."""


def words(text: str) -> list[str]:
    """The words of a text as readers see it: no markup, no references, no punctuation."""
    plain = markup.strip(references.resolve(text))
    folded = titles.fold(plain).replace("'", "")
    found: list[str] = _WORD.findall(folded)
    return found


def same_text(source: str, built: str) -> bool:
    """Whether ``built`` is ``source``, or one of them is the other cut short."""
    mine, theirs = words(source), words(built)
    if ("&" in source) != ("&" in built):
        mine, theirs = ([one for one in text if one not in _ANDS] for text in (mine, theirs))
    if mine == theirs or "".join(mine) == "".join(theirs):
        return True
    short, long = sorted((mine, theirs), key=len)
    if _begins(short, long):
        return True
    shown = _before_more(built)
    return shown != built and _begins(words(shown), mine, _LEAST_CUT)


def _begins(short: list[str], long: list[str], least: int = _LEAST) -> bool:
    """Whether ``short`` is the beginning of ``long``, and more than a few words or letters."""
    if not short or len(short) > len(long):
        return False
    if len(short) < _SHORTEST and len("".join(short)) < least:
        return False
    *head, last = short  # a cut may fall inside of a word
    return long[: len(head)] == head and long[len(head)].startswith(last)


def _before_more(text: str) -> str:
    """``text`` up to an ellipsis that only an invitation to read on follows."""
    *_, last = (None, *_ELLIPSIS.finditer(text))
    if last is None or len(words(text[last.end() :])) > _MORE:
        return text
    return text[: last.start()]


def is_beside(title: str, built: str, names: Iterable[str]) -> bool:
    """Whether ``built`` is ``title`` with one of the site's ``names`` before or behind it.

    What stands in brackets behind a title is beside it, whatever it is.
    """
    mine, theirs = words(title), words(built)
    if not mine:
        return False
    bracket = _BRACKETS.search(built)
    if bracket is not None and words(built[: bracket.start()]) == mine:
        return True
    return any(theirs in ([*name, *mine], [*mine, *name]) for name in map(words, names) if name)


_BRACKETS = late(r"\s[(\[][^()\[\]]*[)\]]\s*$")


def stands_elsewhere(page: Page, text: str) -> bool:
    """Whether the front matter itself holds ``text`` under some key."""
    wanted = words(text)
    return any(words(one) == wanted for one in _texts(page.data))


def _texts(data: Any) -> Iterator[str]:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str) and one:
            yield one


def same_image(source: str, built: str) -> bool:
    """Whether ``built`` is the image ``source``: its file, or one that was made from it.

    Generators write a digest or a size behind the name (``card_hu3f_1200x630.jpg``,
    ``card.9f3c2b1a.png``) or a kind before it (``thumb-card.jpg``), join its words, change the
    format, and put it behind an address of their own (``/_next/image?url=…``).
    """
    name = _file(source)
    if not name:
        return True
    decoded = unquote(built)
    if _file(built) == name or f"/{name}" in decoded or f"={name}" in decoded:
        return True
    stem = _joined(name.rpartition(".")[0] or name)
    whole = _joined(_file(built).rpartition(".")[0])
    made = _RESIZED.match(whole)
    for other in (whole, whole[made.end() :] if made is not None else whole):
        if other == stem or (other.startswith(stem) and _HASHED.match(other, len(stem))):
            return True
    return False


def _joined(stem: str) -> str:
    """The name of a file as generators write it into an address: ``My Cover`` is ``my-cover``."""
    return _NAME_JOINS.sub("-", stem)


def _file(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        path = address
    return unquote(path.rstrip("/").rpartition("/")[2]).lower()


def same_date(source: dates.Date, built: dates.Date, timezone: str | None) -> bool:
    """Whether ``built`` is the moment, or shows the day and the clock, that ``source`` names.

    A day without a time is the day that the built page shows, whatever its zone.
    """
    if (source.year, source.month, source.day) == (built.year, built.month, built.day) and (
        source.hour is None
        or built.hour is None
        or (source.zone is None and (source.hour, source.minute) == (built.hour, built.minute))
    ):
        return True
    if source.hour is None or moments.offset(source, timezone) is None:
        return False
    return moments.window(source, timezone).meets(moments.window(built, timezone))


def has_reference(text: str) -> bool:
    """Whether character references are left in a text that has been decoded."""
    return "&" in text and bool(references.find(text))


def is_there(pair: Pair, path: str) -> bool:
    """Whether the built page lies where a ``path`` of front matter says, below the folder."""
    return bool(pair.file) and urls.bare_path(f"/{pair.file}") == urls.bare_path(path)


def same_path(prop: Property, path: str, site_url: str | None, anywhere: bool) -> bool:
    """Whether the address ``prop`` is ``path``, at the root of its host or below ``site_url``.

    ``anywhere`` says that it may be below any folder of the host.
    """
    own = prop.share_url
    if own is None:
        return True
    base = urls.parse(site_url) if site_url is not None else None
    below = base.path.rstrip("/") if base is not None else ""
    theirs, said = urls.bare_path(own.path), urls.bare_path(path)
    return theirs in (said, urls.bare_path(below) + said) or (anywhere and theirs.endswith(said))
