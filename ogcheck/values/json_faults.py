"""Why a text is no JSON, in plain words and with the way out: in front matter and in scripts.

JSON has neither comments nor commas at the end, and one kind of quotation marks (RFC 8259).
"""

from __future__ import annotations


def explain(text: str, start: int, end: int, at: int, error: str) -> tuple[str, str]:
    """What is wrong with the JSON in ``text[start:end]``, which ``json`` refused at ``at``.

    ``error`` is what ``json`` said. The first is a clause, the second a sentence.
    """
    inside, here = text[start:end], text[at:end]
    if not inside.strip():
        return "it is empty", "Leave the script out."
    if here.startswith(("{{", "{%", "<?", "<%")) or "{{" in inside:
        return "template code is left in it", "Let the template write the value."
    if "&quot;" in inside and '"' not in inside:
        return ("its quotation marks are written as &quot;, which nothing decodes in a script",
                'Write " for &quot;.')  # fmt: skip
    before = text[start:at].rstrip()[-1:]
    if before == "," and here[:1] in ("}", "]", ",") or error.startswith("Illegal trailing comma"):
        return COMMA, "Leave the comma out."
    return _of_signs(before, here, error) or _of_error(error)


COMMA = "a comma has nothing behind it"


def _of_signs(before: str, here: str, error: str) -> tuple[str, str] | None:
    """By what stands there: a comment, a line break, other quotation marks, a word."""
    if here.startswith(("//", "/*", "#")):
        return "a comment stands in it", "Leave the comment out: JSON has none."
    if error.startswith("Invalid control character"):
        what = _CONTROLS.get(here[:1], "a control character")
        return f"{what} stands inside a string", "Write \\n for a line break, \\t for a tab."
    if here[:1] in ("'", "“", "”"):
        return f'{here[:1]} stands where " belongs', 'Write ".'
    if error.startswith("Expecting value") and before == ":" and here[:1].isalpha():
        return _of_word(here)
    return None


def _of_error(error: str) -> tuple[str, str]:
    """By what ``json`` says."""
    for beginning, found in _ERRORS:
        if error.startswith(beginning):
            return found
    return error, "Correct it."


def _of_word(here: str) -> tuple[str, str]:
    """A word without quotation marks where a value belongs."""
    word = here.split(maxsplit=1)[0].rstrip(",}]")
    right = _WORDS.get(word)
    if right is not None:
        return f"{word} is no value in JSON", f"Write {right}."
    return "a text has no quotation marks", 'Write it in ".'


_WORDS = {"True": "true", "False": "false", "TRUE": "true", "FALSE": "false", "yes": "true",
          "no": "false", "None": "null", "NULL": "null", "Null": "null", "nil": "null",
          "undefined": "null", "NaN": "null", "Infinity": "null"}  # fmt: skip
_CONTROLS = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}
_ERRORS = (
    ("Expecting ',' delimiter",
     ("a comma is missing, or a quotation mark inside a string ended it",
      'Write \\" for a quotation mark inside a string.')),
    ("Expecting ':' delimiter", ("a key has no colon behind it", "Write the colon.")),
    ("Expecting property name", ("a key has no quotation marks", 'Write "key": value.')),
    ("Expecting value", ("a value is missing", 'Write the value, or "" for none.')),
    ("Extra data", ("something stands behind its end", "Leave it out, or write a list.")),
    ("Unterminated string", ("a string is never closed", 'Write the " at its end.')),
    ("Invalid \\",
     ("a backslash escapes what JSON does not escape", "Write \\\\ for a backslash.")),
)  # fmt: skip
"""By how Python's message begins."""
