"""What libyaml could not read, in plain words, with its place and the way out."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from ogcheck.names import spell, words
from ogcheck.problem import Edit, Finding, Fix
from ogcheck.readers import scalars
from ogcheck.readers.yaml_loader import Loader
from ogcheck.source import Source, Span
from ogcheck.values.patterns import late
from ogcheck.vocabulary import NAMESPACES


def explain(text: str, content: Span, error: yaml.YAMLError) -> Finding:
    """What libyaml could not read, in plain words and with the way out."""
    block = text[content.start : content.end]
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or "")
    if mark is None:
        bad = scalars.unprintable(block)
        at = content.start + (bad.start() if bad else 0)
        name = f" (U+{ord(bad.group()):04X})" if bad else ""
        message = f"The front matter holds a control character{name}, which YAML does not allow."
        return Finding("FM002", message, at, min(at + 1, len(text)), help="Remove it.")
    at = content.start + min(mark.index, len(block))
    began = content.start + min(context.index, len(block)) if context is not None else at
    message, advice, start = _advise(_Fault(text, at, began, problem, str(error)))
    end = min(max(start + 1, scalars.line_end(text, start) if start != at else at + 1), len(text))
    line_end = scalars.line_end(text, start)
    if start >= line_end:  # past the end of a line: show its last character
        start = max(content.start, line_end - 1)
        end = max(line_end, start)
    return Finding("FM002", message, start, end, help=advice, fix=_quoting(text, content, at))


class _Fault(NamedTuple):
    """What libyaml says, and where."""

    text: str
    at: int
    """Where it stopped."""
    began: int
    """Where what it was reading began."""
    problem: str
    whole: str
    """With what it was reading."""

    @property
    def before(self) -> str:
        """The line, up to where it stopped."""
        return self.text[scalars.line_start(self.text, self.at) : self.at]


class _Advice(NamedTuple):
    message: str
    help: str
    at: int


_ANOTHER_KEY = late(r"\s*(?:- )?[^\s:][^:]*:\s+\S")
_BRACKETED_VALUE = late(r":[ \t]+([\[{])[^\r\n]*[\]}][ \t]*\Z")
_QUOTED_VALUE = late(r":[ \t]+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')[ \t]*\Z")


def _advise(fault: _Fault) -> _Advice:
    for explanation in (_of_layout, _of_values, _of_collections):
        advice = explanation(fault)
        if advice is not None:
            return advice
    return _Advice(
        f"The YAML does not parse: {fault.problem or 'it is malformed'}.",
        "Quote the value, or correct the line.",
        fault.at,
    )


def _behind_quotes(at: int) -> _Advice:
    return _Advice("Text follows a value that its closing quotation mark has ended.",
                   "Put quotation marks around the whole value, with those inside escaped.",
                   at)  # fmt: skip


def _of_layout(fault: _Fault) -> _Advice | None:
    """Colons, tabs, ends."""
    at, problem, whole, before = fault.at, fault.problem, fault.whole, fault.before
    if "mapping values are not allowed" in problem:
        if _QUOTED_VALUE.search(before):
            return _behind_quotes(at)
        if not fault.text[at + 1 : scalars.line_end(fault.text, at)].strip():
            return _Advice("A value that is not quoted ends in a colon, which YAML reads as the "
                           "end of a key.", "Put the value in quotes.", at)  # fmt: skip
        if _ANOTHER_KEY.match(before):
            return _Advice("A value that is not quoted holds a colon followed by a space, which "
                           "YAML reads as another key.", "Put the value in quotes.",
                           at)  # fmt: skip
        return _Advice("This key stands where no key can: its indentation belongs to the value "
                       "above.", "Align it with the other keys.", at)  # fmt: skip
    is_tab = fault.text[at : at + 1] == "\t"
    if "tab" in problem or is_tab or (before and not before.strip() and "\t" in before):
        return _Advice("A tab stands where YAML allows only spaces.", "Indent with spaces.", at)
    if "end of stream" in problem and "quoted scalar" in whole:
        return _Advice("The quotation mark that opens here is never closed.",
                       "Close it, or write a quotation mark inside as \\\" (or '' in single "
                       "quotes).", fault.began)  # fmt: skip
    if "end of stream" in problem or ("document" in problem and "quoted scalar" in whole):
        return _Advice("The front matter ends in the middle of a value.", "Complete it.", at)
    if "document start" in problem and not fault.text.startswith("---", at):
        return _Advice("This stands behind the end of the front matter's one mapping.",
                       "Remove it, or put it in quotes with the value that it belongs to.",
                       at)  # fmt: skip
    if "another document" in problem or "document start" in problem:
        return _Advice("A second document begins here; front matter is one.",
                       "Remove the --- line, or what follows it.", at)  # fmt: skip
    return None


def _of_values(fault: _Fault) -> _Advice | None:
    """How a value begins, and what is escaped in it."""
    at, problem, whole = fault.at, fault.problem, fault.whole
    refused = ("cannot start any token", "expected node content", "mapping keys are not allowed")
    if any(phrase in problem for phrase in refused):
        return _Advice(f"A value that is not quoted cannot begin with {fault.text[at : at + 1]}.",
                       "Put the value in quotes.", at)  # fmt: skip
    if "while scanning an alias" in whole or "while scanning an anchor" in whole:
        sign = fault.text[fault.began : fault.began + 1]
        return _Advice(f"A value that is not quoted cannot begin with {sign}, which YAML reads as "
                       "a reference.", "Put the value in quotes.", fault.began)  # fmt: skip
    if "undefined alias" in problem:
        return _Advice("This alias names an anchor that does not stand before it.",
                       "Put the value in quotes if * is meant as text.", at)  # fmt: skip
    if "tag" in problem and fault.text[fault.began : fault.began + 1] == "!":
        return _Advice("A value that is not quoted cannot begin with !, which YAML reads as a "
                       "type.", "Put the value in quotes.", fault.began)  # fmt: skip
    if "escape character" in problem or "escape code" in problem or "hexdecimal" in problem:
        return _Advice("A backslash in double quotes begins an escape that YAML does not know.",
                       "Write \\\\ for a backslash, or use single quotes.", at)  # fmt: skip
    if "block scalar" in whole:
        return _Advice("The line that opens a block of text holds something else after | or >.",
                       "Begin the text on the next line, or put the value in quotes.",
                       at)  # fmt: skip
    return None


def _of_collections(fault: _Fault) -> _Advice | None:
    """Keys, lists, brackets."""
    at, began, problem = fault.at, fault.began, fault.problem
    if "block sequence entries are not allowed" in problem:
        return _Advice("A list item cannot follow its key on the same line.",
                       "Put the value in quotes if the hyphen is text, or the item on the next "
                       "line.", at)  # fmt: skip
    if "could not find expected ':'" in problem:
        return _Advice("This line is neither a key nor a part of the value above.",
                       "Indent it, write it as key: value, or quote the whole text.",
                       began)  # fmt: skip
    if "expected ',' or" in problem:
        bracket = fault.text[began : began + 1]
        return _Advice(f"The {bracket} that opens here is not closed, or a comma is missing before "
                       f"line {_line(fault)}.",
                       f"Close it, or quote the text if {bracket} is no list.", began)  # fmt: skip
    if "did not find expected key" in problem or "block end" in problem:
        if _QUOTED_VALUE.search(fault.before):
            return _behind_quotes(at)
        bracketed = _BRACKETED_VALUE.search(fault.before)
        if bracketed is not None:
            return _Advice(f"A value that is not quoted cannot begin with {bracketed[1]}, which "
                           "YAML reads as a list or a mapping.", "Put the value in quotes.",
                           at - len(fault.before) + bracketed.start(1))  # fmt: skip
        return _Advice("The indentation does not fit what stands above.",
                       "Align the line with the key that it belongs to.", at)  # fmt: skip
    return None


def _line(fault: _Fault) -> int:
    return Source("", fault.text).position(fault.at).line


_ENTRY = late(
    r"[ ]*(?:- )?(?P<key>[A-Za-z_][\w.:\-]*):[ \t]+"
    # A bracket that ends before the value does is text, and so are a lone & and a !.
    r"(?P<value>(?:[^\s\"'|>\[{#&!]|\[[^\r\n\]]*\][ \t]*[^\s\],#]"
    r"|\{[^\r\n}]*\}[ \t]*[^\s},#]|&[ \t]|!)[^\r\n]*)"
)


def _quoting(text: str, content: Span, at: int) -> Fix | None:
    """Quote the value of the line at ``at``, if that alone makes the front matter parse."""
    start = scalars.line_start(text, at)
    match = _ENTRY.match(text, start, scalars.line_end(text, at))
    if match is None or " #" in match["value"] or "\t" in match["value"]:
        return None
    path = spell(words(match["key"]))
    if len(path) == 1 and path[0] in NAMESPACES:
        return None  # what stands behind "og:" is a key, not text
    value = match["value"].rstrip(" \t")
    quoted = scalars.written(value, "'", flow=False)
    begin, end = match.start("value"), match.start("value") + len(value)
    mended = text[content.start : begin] + quoted + text[end : content.end]
    try:
        root = yaml.compose(mended, Loader=Loader)
    except yaml.YAMLError:
        return None
    if not isinstance(root, yaml.MappingNode):
        return None
    return Fix(True, "Put the value in quotes", (Edit(begin, end, quoted),))
