"""Titles: when two of them are the same title, and which part of one is the site's name.

Two titles are compared by segments, the pieces between separators (``Title | Site``), and each
segment in a folded form, in which differences that no reader would call another title are gone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ogcheck.values import references
from ogcheck.values.patterns import late

SEPARATORS = "|｜-–—·•:»›«~/"
"""What stands between a title and a site's name."""

# A separator stands between spaces; a bar or a guillemet also without; a colon after a word.
_SPLIT = late(r"(?<!\s)\s++(?:[-–—·•:»›«~/|｜]|::|--)\s++|(?:(?<!\s)\s++)?+[|｜»«]\s*+|:\s++")
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼʹ＇", "'"),
        **dict.fromkeys("“”„‟″«»‹›", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        "×": "x",
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\ufe0f", ""),
    }
)
# No segment ends where there is none of these: they are found sooner than the whole pattern.
_MAY_SPLIT = late(r"[\s:|｜»«](?:(?<=[|｜»«])|(?<=\s)[-–—·•:»›«~/|｜]|(?<=:)\s)")
_MAY_MARK = late("[<*_`#:]")
_MARKUP = late(r"</?[a-zA-Z][^<>]*>|[*_`#]+|:[a-z0-9_+-]{2,}:")
_EMOJI = late("[\u2600-\u27bf\U0001f000-\U0001faff]")
_ELLIPSIS = "..."
_TRAILING = " .!" + SEPARATORS
"""What ends a title and is no part of it; a bare separator is TXT015."""
_MOST_SEGMENTS = 10
"""How many segments of a title are compared."""
_MOST_SEPARATORS = 100
"""How many a title may have: a text with more is one segment, and takes no memory for each."""
_MAIN_PART = 8
"""How many characters a common beginning has at least: ``News`` is a section."""


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """``text`` without what does not make another title.

    Unicode compatibility forms, letter case, white space, kinds of quotes, primes and dashes,
    ``×`` and ``x``, soft hyphens and zero-width characters, emoji and their codes, Markdown.
    """
    if text.isascii():
        folded = text.lower()
    else:
        folded = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
        folded = _EMOJI.sub("", folded.casefold())
    if _MAY_MARK.search(folded):
        folded = _MARKUP.sub(" ", folded)
    return " ".join(folded.replace('"', "'").split())


class Segment(NamedTuple):
    """A piece of a title between separators, with its place in the text."""

    text: str
    start: int
    end: int
    colon: bool
    """It ends in a colon: more likely a topic or a label than a site's name."""


@lru_cache(maxsize=512)
def segments(text: str) -> tuple[Segment, ...]:
    """The segments of ``text`` in order; empty ones (a dangling separator) left out.

    A text with more than a hundred separators is no title, and one segment.
    """
    found: list[Segment] = []
    start = 0
    edges: list[tuple[int, int, str]] = []
    first = _MAY_SPLIT.search(text)
    if first is not None:
        begin = len(text[: first.start()].rstrip())  # the white space before it belongs to it
        found_edges = islice(_SPLIT.finditer(text, begin), _MOST_SEPARATORS + 1)
        edges = [(m.start(), m.end(), m.group()) for m in found_edges]
        if len(edges) > _MOST_SEPARATORS:
            edges = []
    for left, right, separator in [*edges, (len(text), len(text), "")]:
        raw = text[start:left]
        piece = raw.strip(" \t\r\n\u00a0|｜·•")
        # Folding leaves a letter, and some of what is none.
        if piece and (piece[0].isalpha() or fold(piece) not in ("", "-")):
            at = start + raw.index(piece)
            colon = separator.strip() == ":"
            found.append(Segment(piece, at, at + len(piece), colon))
        start = right
    return tuple(found)


def cut(text: str) -> str | None:
    """The folded text before a final ellipsis; None where there is none."""
    folded = fold(text)
    if folded.endswith(_ELLIPSIS):
        return folded.rstrip(". ")
    if folded.endswith(("[...]", "(...)")):
        return folded[:-5].rstrip(". ")
    return None


def _agree(one: str, other: str) -> bool:
    """Two folded texts are one, or one is the other cut short with an ellipsis."""
    if one == other:
        return True
    for short, long in ((one, other), (other, one)):
        if short.endswith(_ELLIPSIS):
            start = short.rstrip(". ")
            if len(start) >= 8 and long.startswith(start):
                return True
    return one.rstrip(_TRAILING) == other.rstrip(_TRAILING)


def same_title(one: str, other: str, site_name: str | None = None) -> bool:
    """Whether ``one`` and ``other`` are the same title.

    They are if one of them is the other without some of its segments (a site's name, a section, a
    label such as ``Update:``), or if what both have in common is their main part: the segment that
    both begin with, or the longest of each where it stands at different ends. A common last segment
    is the site's name. Where one of them is nothing but ``site_name`` they are not the same.
    """
    if one == other:
        return True
    left, right = fold(one), fold(other)
    if _agree(left, right):
        return True
    name = fold(site_name) if site_name else None
    if name is not None and (left == name) != (right == name):
        return False
    first, second = _comparable(one, name), _comparable(other, name)
    if not first or not second:
        return False
    return (
        _is_within(second, first)
        or _is_within(first, second)
        or _is_within(_unlabelled(first), second)
        or _is_within(_unlabelled(second), first)
        or _share_main_part(first, second)
    )


def _comparable(text: str, name: str | None) -> list[Segment]:
    """The segments of ``text`` in folded form, without those that are the site's name."""
    parts = [
        Segment(fold(s.text), s.start, s.end, s.colon) for s in segments(text)[:_MOST_SEGMENTS]
    ]
    return [s for s in parts if s.text != name] or parts


def _unlabelled(parts: list[Segment]) -> list[Segment]:
    """Without a short label before a colon: ``Update: …``."""
    if len(parts) > 1 and parts[0].colon and len(parts[0].text.split()) <= 3:
        return parts[1:]
    return parts


def _is_within(short: list[Segment], long: list[Segment]) -> bool:
    """Whether all segments of ``short`` stand in ``long``, in their order, others between them."""
    if len(short) <= len(long):
        rest = iter(long)
        if all(any(_agree(one.text, other.text) for other in rest) for one in short):
            return True
    return _agree(_joined(short), _joined(long))


def _joined(parts: list[Segment]) -> str:
    return " ".join(s.text for s in parts)


def _share_main_part(first: list[Segment], second: list[Segment]) -> bool:
    head, other = first[0], second[0]
    is_label = head.colon and other.colon
    is_long = min(len(head.text), len(other.text)) >= _MAIN_PART
    if is_long and not is_label and _agree(head.text, other.text):
        return True
    return any(
        _agree(mine.text, theirs.text)
        and mine.text == max((s.text for s in first), key=len)
        and theirs.text == max((s.text for s in second), key=len)
        for mine, theirs in ((first[0], second[-1]), (first[-1], second[0]))
    )


def site_segment(title: str) -> Segment | None:
    """The last segment of a title, where it stands behind a bar and looks like a site's name."""
    parts = segments(title)
    if len(parts) < 2 or not _name_like(parts[-1].text):
        return None
    before = title[parts[-2].end : parts[-1].start]
    return parts[-1] if "|" in before or "｜" in before else None


def headline(title: str, site_name: str | None = None) -> str:
    """``title`` without the site's name at an end, where it has one."""
    segment = at_end(title, site_name) if site_name else None
    segment = segment or site_segment(title)
    if segment is None:
        return title
    strip = " \t" + SEPARATORS
    if segment.end >= len(title.rstrip()):
        return title[: segment.start].rstrip(strip)
    return title[segment.end :].lstrip(strip)


def words(text: str) -> set[str]:
    """The words of a title, folded, of more than two characters."""
    return {w for w in re.findall(r"\w+", fold(text)) if len(w) > 2}


def affix(longer: str, shorter: str) -> Segment | None:
    """The segment that ``longer`` carries at an end and ``shorter`` does not: a site's name.

    Only the outermost segment counts, only where the rest is the same title, and only where it
    looks like a name: no question, no sentence, eight words at most. Offsets are into ``longer``,
    in which character references may be left.
    """
    parts = segments(longer)
    if len(parts) < 2 or fold(longer) == fold(shorter):
        return None
    shorter = references.resolve(shorter)
    have = {fold(s.text) for s in segments(shorter)}
    for segment, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        name = fold(references.resolve(segment.text))
        if name in have or not _name_like(segment.text) or (segment is parts[0] and segment.colon):
            continue
        body = references.resolve(longer[rest[0].start : rest[-1].end])
        if same_title(body, shorter):
            return segment
    return None


_SECTIONS = frozenset(
    "news blog archive archives home press latest stories articles updates features opinion "
    "nachrichten actualités noticias notizie nieuws nyheter".split()
)
"""Words that name a part of a site, and no site."""


def _name_like(text: str) -> bool:
    if text.lower() in _SECTIONS:
        return False
    if text[-1:] in "?!.…" or len(text.split()) > 8:
        return False
    return any(c.isalpha() for c in text) and (not text[0].islower() or "." in text)


def at_end(title: str, name: str) -> Segment | None:
    """The first or last segment of ``title`` that is ``name``; None if neither is."""
    parts = segments(title)
    if len(parts) < 2:
        return None
    wanted = fold(name)
    for segment in (parts[-1], parts[0]):
        if fold(references.resolve(segment.text)) == wanted and not (
            segment is parts[0] and segment.colon
        ):
            return segment
    return None
