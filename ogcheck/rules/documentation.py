"""A rule's page, made from its class: the same text in the terminal and on the web."""

from __future__ import annotations

import inspect
import json

from ogcheck.rules.base import Example, Rule
from ogcheck.rules.options import options


def page(rule: type[Rule]) -> str:
    """The rule's documentation in Markdown, ending in a newline."""
    lead, *rest = inspect.cleandoc(rule.__doc__ or "").split("\n\n", 1)
    state = str(rule.severity) if rule.on else f"{rule.severity}, off unless selected"
    fix = rule.fix or "none"
    parts = [
        f"# {rule.code} {rule.name}",
        lead,
        f"Severity: {state}. Fix: {fix}.",
        *rest,
        "## Options\n\n" + _options(rule),
    ]
    if rule.bad:
        parts.append("## Examples")
        parts += [_example("Reported", example) for example in rule.bad]
        parts += [_example("Silent", example) for example in rule.good]
    return "\n\n".join(parts) + "\n"


def _options(rule: type[Rule]) -> str:
    rows = []
    for option in options(rule).values():
        shown = json.dumps(option.default, ensure_ascii=False)
        rows.append(f"- `{option.key}` (default `{shown}`): {option.doc}")
    return "\n".join(rows) if rows else "None."


def _example(word: str, example: Example) -> str:
    heading = f"{word}, in `{example.path}`"
    if example.config:
        heading += f", with {_config(example.config)}"
    body = "\n".join(f"    {_visible(line)}".rstrip() for line in example.text.splitlines())
    return f"{heading}:\n\n{body}"


def _config(config: dict[str, object]) -> str:
    return ", ".join(f"`{key} = {json.dumps(value)}`" for key, value in config.items())


def _visible(line: str) -> str:
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in line)
