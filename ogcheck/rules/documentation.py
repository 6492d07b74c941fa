"""A rule's page, made from its class: the same text in the terminal and on the web.

Its headings are always the same, in the same order: what it does, why it matters, examples,
options, fix.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Mapping

from ogcheck.rules.base import Example, Rule
from ogcheck.rules.options import options
from ogcheck.rules.pictures import Picture

HEADINGS = ("What it does", "Why it matters", "Examples", "Options", "Fix")
"""The headings of a rule's page."""

Said = Callable[[Example], list[str]]
"""What ogcheck says of an example, a line for each finding."""


def summary(rule: type[Rule]) -> str:
    """The first sentence of the documentation; ``python -OO`` takes all of it away."""
    return (rule.__doc__ or "").strip().partition("\n")[0]


def sections(rule: type[Rule]) -> dict[str, str]:
    """The docstring's text under each of its headings; what stands before them under ``""``."""
    found: dict[str, str] = {}
    heading = ""
    for part in re.split(r"^## (.+)$", inspect.cleandoc(rule.__doc__ or ""), flags=re.MULTILINE):
        text = part.strip()
        if heading in found:
            heading = text
        else:
            found[heading] = text
    return found


def page(rule: type[Rule], said: Said | None = None) -> str:
    """The rule's documentation in Markdown, ending in a newline.

    With ``said``, every example that is reported has what is said of it below.
    """
    state = str(rule.severity) if rule.on else f"{rule.severity}, off unless selected"
    text = sections(rule)
    parts = [
        f"# {rule.code} {rule.name}",
        text.get("", ""),
        f"Severity: {state}. Fix: {rule.fix or 'none'}.",
    ]
    contents = {
        "What it does": text.get("What it does", ""),
        "Why it matters": text.get("Why it matters", ""),
        "Examples": _examples(rule, said),
        "Options": _options(rule),
        "Fix": text.get("Fix", "None is offered."),
    }
    for heading in HEADINGS:
        parts += [f"## {heading}", contents[heading]]
    return "\n\n".join(part for part in parts if part) + "\n"


def _options(rule: type[Rule]) -> str:
    rows = []
    for option in options(rule).values():
        shown = json.dumps(option.default, ensure_ascii=False)
        rows.append(f"- `{option.key}` (default `{shown}`): {option.doc}")
    if not rows:
        return "None."
    return f"Under `[rules.{rule.code}]`:\n\n" + "\n".join(rows)


def _examples(rule: type[Rule], said: Said | None) -> str:
    parts = []
    for example in rule.bad:
        text = _example("Reported", example)
        if said is not None:
            text += "\n\nogcheck says:\n\n"
            text += "\n".join(f"    {_visible(line)}" for line in said(example))
        parts.append(text)
    parts += [_example("Silent", example) for example in rule.good]
    return "\n\n".join(parts) if parts else "None: it is about ogcheck itself."


def _example(word: str, example: Example) -> str:
    parts: list[str] = []
    for path, text in {example.path: example.text, **example.pages}.items():
        heading = f"In `{path}`" if parts else f"{word}, in `{path}`"
        if example.config and not parts:
            heading += f", with {_config(example.config)}"
        if example.files and not parts:
            heading += f"; beside it {_files(example.files)}"
        body = "\n".join(f"    {_visible(line)}".rstrip() for line in text.splitlines())
        parts.append(f"{heading}:\n\n{body}")
    shown = parts[:_SHOWN]
    if len(parts) > _SHOWN:
        shown.append(f"And {len(parts) - _SHOWN} files like these.")
    return "\n\n".join(shown)


_SHOWN = 3
"""How many files of an example are shown."""


def _files(files: Mapping[str, object]) -> str:
    """Each file as a person would describe it."""
    return ", ".join(
        f"`{path}`, {one if isinstance(one, Picture) else _contents(one)}"
        for path, one in files.items()
    )


def _contents(one: object) -> str:
    size = len(one) if isinstance(one, bytes | str) else 0
    if isinstance(one, str):
        return f"that begins `{one.partition(chr(10))[0]}`"
    return "an empty file" if size == 0 else f"{size} bytes"


def _config(config: dict[str, object]) -> str:
    return ", ".join(f"`{key} = {json.dumps(value)}`" for key, value in config.items())


def _visible(line: str) -> str:
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in line)
