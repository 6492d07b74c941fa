"""When a built page says what its source says: texts, images, dates and addresses compared.

Generators shorten, clean and complete what front matter holds. What is the same but for that is no
difference; and where the page says what stands elsewhere in the front matter, the template has made
its choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from ogcheck.page import Page, Property
from ogcheck.values import dates, markup, moments, references, titles
from ogcheck.values.patterns import late

_WORD = late(r"\w+")
_SHORTEST = 4
"""So many words make a text that was cut the beginning of another one."""
_HASHED = late(r"[-_.][0-9A-Za-z_-]*$")


def words(text: str) -> list[str]:
    """The words of a text as readers see it: no markup, no references, no punctuation."""
    plain = markup.strip(references.resolve(text))
    folded = titles.fold(plain).replace("'", "")
    found: list[str] = _WORD.findall(folded)
    return found


def same_text(source: str, built: str) -> bool:
    """Whether ``built`` is ``source``, or one of them is the other cut short."""
    mine, theirs = words(source), words(built)
    if mine == theirs or "".join(mine) == "".join(theirs):
        return True
    short, long = sorted((mine, theirs), key=len)
    if len(short) < _SHORTEST:
        return False
    *head, last = short  # a cut may fall inside of a word
    return long[: len(head)] == head and long[len(head)].startswith(last)


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
    ``card.9f3c2b1a.png``), change the format, and put it behind an address of their own
    (``/_next/image?url=…``).
    """
    name = _file(source)
    if not name:
        return True
    decoded = unquote(built)
    if _file(built) == name or f"/{name}" in decoded or f"={name}" in decoded:
        return True
    stem = name.rpartition(".")[0] or name
    other = _file(built).rpartition(".")[0]
    return other == stem or (other.startswith(stem) and bool(_HASHED.match(other, len(stem))))


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


def first_of(page: Page, *names: str) -> Property | None:
    """The first of the properties that says anything."""
    for name in names:
        prop = page.written(name)
        if prop is not None and prop.meant:
            return prop
    return None


def all_of(page: Page, *names: str) -> list[Property]:
    """All of the properties that say anything."""
    return [prop for prop in page.named(names) if prop.meant]


def has_reference(text: str) -> bool:
    """Whether character references are left in a text that has been decoded."""
    return "&" in text and bool(references.find(text))


def path_only(text: str) -> bool:
    """Whether an address is the path of a page, and no pattern of one."""
    return re.fullmatch(r"/[^:*{}<>\s]*", text) is not None
