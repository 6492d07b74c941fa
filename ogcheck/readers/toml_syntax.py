"""What ``tomllib`` could not read, in plain words, with its place and the way out."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from ogcheck.problem import Edit, Finding, Fix
from ogcheck.readers import toml_strings
from ogcheck.source import Span
from ogcheck.values import dates
from ogcheck.values.patterns import late

_AT = late(r"\(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine",
          "Duplicate inline table key")  # fmt: skip
_PAIR = late(rf"[ \t]*(?:[\w\-.]+|{toml_strings.STRING})[ \t]*=[ \t]*", re.DOTALL)
_WORDS = {"True": "true", "False": "false", "TRUE": "true", "FALSE": "false", "yes": "true",
          "Yes": "true", "no": "false", "No": "false", "on": "true", "off": "false"}  # fmt: skip
_NOTHING = frozenset({"null", "Null", "NULL", "nil", "None", "~", "undefined"})
_DATE = late(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d[^#,\]}\r\n]*)?")
_TIME_WITHOUT_ZERO = late(r"\d{1,2}:\d{1,2}(?::\d{1,2})?(?=[\s#,\]}]|\Z)")
_QUOTED = late(toml_strings.STRING, re.DOTALL)


def is_twice(error: Exception) -> bool:
    """Whether ``tomllib`` found a key or a table that is there already."""
    return str(error).startswith(_TWICE)


TOO_LONG_NUMBER = ValueError("Exceeds the limit for integer string conversion")
"""What Python says of a number with too many digits."""


def place(text: str, content: Span, error: Exception) -> int:
    """Where ``tomllib`` stopped, as an offset into ``text``."""
    match = _AT.search(str(error))
    if match is None or match[1] is None:
        return content.end
    at = content.start
    for _ in range(int(match[1]) - 1):  # its lines end at LF
        at = text.find("\n", at, content.end) + 1
        if at == 0:
            return content.end
    return min(at + int(match[2]) - 1, content.end)


class _Fault(NamedTuple):
    """What ``tomllib`` says, and where."""

    text: str
    content: Span
    at: int
    """Where it stopped."""
    problem: str

    @property
    def line(self) -> Span:
        """The line on which it stopped; where the end is missing, the last one."""
        at = self.at
        start = max(self.text.rfind("\n", 0, at) + 1, self.content.start)
        return Span(start, _line_end(self.text, at, self.content.end))

    @property
    def value(self) -> Span | None:
        """What stands behind the line's equals sign; None where there is no key."""
        start, end = self.line
        match = _PAIR.match(self.text, start, end)
        if match is None:
            return None
        return Span(match.end(), match.end() + len(self.text[match.end() : end].rstrip()))


class _Advice(NamedTuple):
    message: str
    help: str
    start: int
    end: int


def explain(text: str, content: Span, at: int, error: Exception) -> Finding:
    """What ``tomllib`` could not read, in plain words and with the way out."""
    fault = _Fault(text, content, at, _AT.sub("", str(error)).strip())
    advice = None
    for explanation in (_of_strings, _of_collections, _of_values, _of_statements):
        advice = explanation(fault)
        if advice is not None:
            break
    if advice is None:
        what = fault.problem or "it is malformed"
        advice = _Advice(f"The TOML does not parse: {what[:1].lower()}{what[1:]}.",
                         "Quote the value, or correct the line.", at, at + 1)  # fmt: skip
    message, hint, start, end = advice
    start = max(content.start, min(start, content.end))
    if start == content.end and start > content.start:  # past the end: show the last character
        start -= len(text[:start]) - len(text[content.start : start].rstrip()) - content.start
        start = max(content.start, start - 1)
    end = max(start, min(max(end, start + 1), content.end, _line_end(text, start, content.end)))
    return Finding("FM002", message, start, end, help=hint, fix=_quoting(fault))


def _line_end(text: str, at: int, end: int) -> int:
    found = text.find("\n", at, end)
    found = end if found < 0 else found
    return found - 1 if found > at and text[found - 1] == "\r" else found


def _of_strings(fault: _Fault) -> _Advice | None:
    """Quotation marks, escapes, characters."""
    at, problem, text = fault.at, fault.problem, fault.text
    if problem.startswith(("Unterminated string", "Illegal character '\\n'", 'Expected "\'"',
                           "Expected '\"", 'Expected "\'\'\'"')):  # fmt: skip
        value = fault.value
        start = _opening(fault) if value is None or "Expected" in problem else value.start
        return _Advice("The quotation mark that opens here is never closed.",
                       'Close it, or write a quotation mark inside as \\".',
                       start, _line_end(text, start, fault.content.end))  # fmt: skip
    if problem.startswith(("Unescaped '\\' in a string", "Invalid hex value", "Escaped character")):
        # tomllib stands behind the escape, or in it.
        start = max(text.rfind("\\", fault.line.start, at), fault.line.start)
        return _Advice("A backslash in double quotes begins an escape that TOML does not know.",
                       "Write \\\\ for a backslash, or use single quotes.", start,
                       start + 2)  # fmt: skip
    character = text[at : at + 1]
    if character == "\r" and text[at : at + 2] != "\r\n":
        return _Advice("A carriage return stands alone, which ends no line in TOML.",
                       "Save the file with LF or CRLF line ends.", at, at + 1)  # fmt: skip
    if problem.startswith(("Illegal character", "Found invalid character")):
        name = f" (U+{ord(character):04X})" if character else ""
        return _Advice(f"The front matter holds a control character{name}, which TOML does not "
                       "allow.", "Remove it, or write it as an escape.", at, at + 1)  # fmt: skip
    return None


def _opening(fault: _Fault) -> int:
    """Where the string begins that is never closed: the last quotation marks without a pair."""
    start = at = fault.content.start
    text, end = fault.text, fault.content.end
    for match in _QUOTED_OR_COMMENT.finditer(text, start, end):
        if match.lastgroup is not None:
            return match.start()
        at = match.start()
    return max(at, start)


_QUOTED_OR_COMMENT = late(
    rf"{toml_strings.LONG}|(?P<long>\"\"\"|''')|{toml_strings.SHORT}|#[^\n]*|(?P<short>[\"'])",
    re.DOTALL,
)


def _of_collections(fault: _Fault) -> _Advice | None:
    """Lists, inline tables, headers."""
    at, problem, text = fault.at, fault.problem, fault.text
    before = text[fault.content.start : at].rstrip()
    if problem.startswith("Unclosed array"):
        return _unclosed(fault, "[")
    if problem.startswith("Invalid initial character for a key part"):
        character = text[at : at + 1]
        if character == "}" and before.endswith(","):
            comma = fault.content.start + len(before) - 1
            return _Advice("A comma has nothing behind it, which TOML 1.0 does not allow in an "
                           "inline table.", "Leave the comma out.", comma, comma + 1)  # fmt: skip
        if character in ("\n", "\r", "#") and before.endswith((",", "{")):
            return _broken_inline(at)
    if problem.startswith("Unclosed inline table"):
        if text[at : at + 1] in ("\n", "\r", "#", ""):
            return _broken_inline(at)
        return _unclosed(fault, "{")
    if "at the end of a table declaration" in problem or "of an array declaration" in problem:
        end = "]]" if "array" in problem else "]"
        return _Advice(f"The header of a table does not end in {end}.",
                       f"Write {end} behind the name; quote a name that is more than letters, "
                       "digits, - and _.", fault.line.start, fault.line.end)  # fmt: skip
    return None


_BRACKET = late(rf"{toml_strings.ANY}|#[^\n]*|[\[\]{{}}]", re.DOTALL)


def _unclosed(fault: _Fault, bracket: str) -> _Advice:
    """A list or an inline table in which something is missing: a comma, or its end."""
    text, (first, _), at = fault.text, fault.content, fault.at
    still_open: list[int] = []
    for match in _BRACKET.finditer(text, first, at):
        if match.group() in ("[", "{"):
            still_open.append(match.start())
        elif match.group() in ("]", "}") and still_open:
            still_open.pop()
    begin = still_open[-1] if still_open else at
    end = "]" if bracket == "[" else "}"
    line = text.count("\n", 0, at) + 1
    what = f"before line {line}" if text.count("\n", begin, at) else "in it"
    if not text[at : fault.content.end].strip():
        what = "in it"
    return _Advice(f"The {bracket} that opens here is not closed, or a comma is missing {what}.",
                   f"Write a comma between what stands in it, and {end} at its end.", begin,
                   begin + 1)  # fmt: skip


def _broken_inline(at: int) -> _Advice:
    return _Advice("An inline table goes over more than one line, which TOML 1.0 does not allow.",
                   "Write it on one line, or as a table of its own: [name].", at - 1,
                   at)  # fmt: skip


def _of_values(fault: _Fault) -> _Advice | None:
    """What stands behind an equals sign, and is no value."""
    value, problem = fault.value, fault.problem
    expected = ("Invalid value", "Expected newline", "Invalid date")
    if problem.startswith("Exceeds the limit"):
        return _Advice("A number has more digits than can be read.", "Put it in quotes if it is "
                       "text.", fault.line.start, fault.line.end)  # fmt: skip
    if not problem.startswith(expected):
        return None
    if not problem.startswith("Expected") and (value is None or fault.at != value.start):
        return _of_item(fault)
    if value is None or fault.text[value.start : value.start + 1] in ("[", "{"):
        return None
    written = fault.text[value.start : value.end]
    bare = written.partition("#")[0].rstrip()
    end = value.start + len(bare)
    if not bare:
        return _Advice("The key has no value.",
                       'Write a value, "" for an empty text, or leave the key out.',
                       fault.line.start, value.start)  # fmt: skip
    if bare[0] in "\"'" and (match := _QUOTED.match(written)) is not None:
        return _Advice("Text follows a value that its closing quotation mark has ended.",
                       'Put quotation marks around the whole value, with those inside as \\".',
                       value.start + match.end(), value.end)  # fmt: skip
    return _of_bare(bare, value.start, end)


_ITEM = late(r"[^,\]}\r\n#]*")


def _of_item(fault: _Fault) -> _Advice:
    """What stands in a list or an inline table, and is no value."""
    at, end = fault.at, fault.content.end
    if _PAIR.match(fault.text, at, end) or not fault.text[at:end].strip():
        return _unclosed(fault, "[")
    match = _ITEM.match(fault.text, at, end)
    item = match.group().rstrip() if match is not None else ""
    if not item:
        return _Advice("A value is missing.", 'Write it, or "" for an empty text.', at,
                       at + 1)  # fmt: skip
    return _of_bare(item, at, at + len(item))


def _of_bare(bare: str, start: int, end: int) -> _Advice:
    """What stands where a value should, without quotation marks."""
    if bare in _WORDS:
        return _Advice(f"{bare} is no value in TOML.",
                       f"Write {_WORDS[bare]}, or put it in quotes if it is text.",
                       start, end)  # fmt: skip
    if bare in _NOTHING:
        return _Advice(f"TOML has no {bare}.", "Leave the key out.", start, end)
    if bare[0] in "“”‘’«„":
        return _Advice(f'{bare[0]} stands where " belongs.', 'Write ".', start, end)
    if _DATE.fullmatch(bare):
        return _of_date(bare, start, end)
    if _TIME_WITHOUT_ZERO.match(bare):
        return _Advice(f"{bare} is not a time as TOML writes it.",
                       "Write 09:30:00, or put it in quotes.", start, end)  # fmt: skip
    if bare[-1] in ",;":
        return _Advice(f"A value ends where its line does, without {bare[-1]}.",
                       f"Leave {bare[-1]} out, and put the value in quotes if it is text.", end - 1,
                       end)  # fmt: skip
    if _NUMBER.fullmatch(bare):
        return _Advice(f"{bare} is not a number as TOML writes it.",
                       "Write it without zeros before it, and a point between digits; "
                       "or put it in quotes.", start, end)  # fmt: skip
    return _Advice("A text has no quotation marks, which TOML asks for.",
                   "Put the value in quotes.", start, end)  # fmt: skip


_NUMBER = late(r"[+\-]?[.,_]*+\d[\d.,_]*+(?:[eE][+\-]?\d*+)?%?")


def _of_date(bare: str, start: int, end: int) -> _Advice:
    date = dates.iso_like(bare)
    if date is not None and date.fault:
        return _Advice(f"{bare} is not a date ({date.fault}).", "Correct the date.", start, end)
    return _Advice(f"{bare} is not a date as TOML writes it.",
                   "Write 2026-03-05 or 2026-03-05T09:30:00+00:00, or put it in quotes.", start,
                   end)  # fmt: skip


def _of_statements(fault: _Fault) -> _Advice | None:
    """What stands at the beginning of a line, and is no key."""
    problem, (start, end) = fault.problem, fault.line
    line = fault.text[start:end].strip()
    if problem.startswith(("Expected '=' after a key", "Invalid")):
        if ":" in line and "=" not in line.partition(":")[0]:
            return _Advice("A colon stands where TOML has an equals sign.", "Write key = value.",
                           start, end)  # fmt: skip
        if line.startswith("="):
            return _Advice("An equals sign has no key before it.", "Write key = value.", start,
                           end)  # fmt: skip
        if "=" in line and not line.startswith(("[", "{", "}", "]")):
            return _Advice("A key of more than letters, digits, - and _ stands without quotation "
                           "marks.", 'Write "the key" = value.', start, end)  # fmt: skip
        return _Advice("This line is neither a key with its value nor the header of a table.",
                       "Write key = value, or put # before a comment.", start, end)  # fmt: skip
    if problem.startswith("Expected newline"):
        return _Advice("Something stands behind the end of a value or a header.",
                       "Put it on a line of its own, or # before a comment.", fault.at,
                       end)  # fmt: skip
    return None


_TEXT = late(r"(?P<value>[A-Za-z][^\"'\[\]{}#\r\n=]*)")


def _quoting(fault: _Fault) -> Fix | None:
    """Quote the value of the line, if that alone makes the front matter parse."""
    value = fault.value
    if value is None:
        return None
    text, content = fault.text, fault.content
    match = _TEXT.fullmatch(text, *value)
    if match is None or match["value"] in _WORDS or match["value"] in _NOTHING:
        return None
    quoted = toml_strings.basic(match["value"])
    mended = text[content.start : value.start] + quoted + text[value.end : content.end]
    try:
        tomllib.loads(mended)
    except (ValueError, RecursionError):
        return None
    return Fix(True, "Put the value in quotes", (Edit(*value, quoted),))
