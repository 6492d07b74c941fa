"""Characters that were lost on their way: text read in another encoding than it was written in."""

from __future__ import annotations

from collections.abc import Iterable

from ogcheck import vocabulary
from ogcheck.page import Page, Property
from ogcheck.problem import Finding, Place, Severity
from ogcheck.rules.base import Context, Example, Rule, quoted, rewriting
from ogcheck.rules.examples import post, release
from ogcheck.rules.looks import holds_other_than_ascii
from ogcheck.rules.page_facts import label
from ogcheck.values import mojibake
from ogcheck.values.bounds import MOST_PLACES

_REMAINS = (
    ("\ufffd", "U+FFFD (\ufffd) where a character was lost"),
    ("â€", "“â€”, which is left of a quotation mark or a dash that was read in the wrong encoding"),
)


class BrokenEncoding(Rule):
    """Text that was read in the wrong encoding.

    ## What it does
    Reports UTF-8 that was read as Windows-1252 or Latin-1 (`cafÃ©` for `café`, `itâ€™s` for
    `it’s`), once or more times, and U+FFFD, the sign for a character that was lost. It counts only
    what turns into fewer, plausible characters when it is written back as bytes: words that hold
    the same letters (`MAÇÃ`, `château`, `Đâu`) are left alone.

    ## Why it matters
    The card shows it as it stands. It has happened before the page was built, in an editor, an
    import or an export, so no platform can repair it: U+FFFD is what decoders write for bytes
    that they cannot read (https://encoding.spec.whatwg.org/#concept-encoding-process).

    ## Fix
    Writes the characters that were meant. Unsafe: a person should look. What U+FFFD stood for is
    not known.
    """

    code = "TXT011"
    name = "broken-encoding"
    severity = Severity.ERROR
    fix = "unsafe"
    where = (holds_other_than_ascii,)
    bad = (
        Example(
            release({"og.description": "Itâ€™s the second burglary at the harbour this month."})
        ),
        Example(post("title: Le cafÃ© du port est fermÃ©")),
        Example(post("title: The bridge isn\ufffdt open")),
        Example(post("title: Harbour party ðŸŽ‰")),
    )
    good = (
        Example(post("title: Le château de Northbridge, où naît la Loire")),
        Example(post("title: “MAÇÃ” e “MANHÃ…”")),
        Example(post("title: Bạn đang ở đâu? Tây Âu… và “Á”")),
        Example(post("title: Båten går “PÅ” måndag")),
        Example(post("title: „HÖ“ und „Ä“ am Hafen")),
    )

    def check(self, page: Page, context: Context) -> Iterable[Finding]:
        """One finding a property, at the first broken place; one for a page that was misread."""
        found = list(self._found(page))
        if len(found) > 1 and page.html is not None:
            yield self._misread(page, found)
        else:
            yield from found

    def _misread(self, page: Page, found: list[Finding]) -> Finding:
        """Several texts of one page are broken for one reason: how the page is read."""
        first, *others = (one.placed() for one in found)
        declared = page.source.encoding
        if declared != "utf-8":
            advice = f"The page is read as {declared}: declare the encoding that it is written in."
        else:
            advice = "Look at how the page is written: all of it was read in another encoding."
        first.message += (
            f" So {'is' if len(others) == 1 else 'are'} {len(others)} more of the page."
        )
        first.help = advice
        first.related = tuple(Place(f.start, f.end, f.property or "") for f in others)
        return first

    def _found(self, page: Page) -> Iterable[Finding]:
        for prop in page.properties:
            value = prop.value
            if value.isascii() or not vocabulary.is_text(prop.name):
                continue
            broken = mojibake.find(value)
            if broken:
                yield self._broken(page, prop, broken)
                continue
            for sign, what in _REMAINS:
                at = value.find(sign)
                if at >= 0:
                    yield self.at(
                        prop,
                        f"{label(prop.name)} holds {what}.",
                        part=(at, at + len(sign)),
                        help="Write the character that stood there.",
                    )
                    break

    def _broken(self, page: Page, prop: Property, broken: list[mojibake.Broken]) -> Finding:
        first = broken[0]
        written = prop.value[first.start : first.end]
        meant = quoted(first.repair) if first.repair.isprintable() else "white space"
        more = f", and {len(broken) - 1} more" if len(broken) > 1 else ""
        return self.at(
            prop,
            f"{label(prop.name)} was read in the wrong encoding: {quoted(_visible(written))} was "
            f"{meant}{more}.",
            part=(first.start, first.end),
            help="Write the characters that were meant, and save and read the file as UTF-8.",
            fix=rewriting(page, prop, list(broken), "Write what was meant", safe=False)
            if len(broken) < MOST_PLACES
            else None,
        )


def _visible(text: str) -> str:
    """Controls, which are a part of broken text, by their number."""
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


RULES: tuple[type[Rule], ...] = (BrokenEncoding,)
