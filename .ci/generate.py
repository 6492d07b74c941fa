"""Writes what is generated from the code; with --check, says what is stale and exits with 1.

    python .ci/generate.py [--check]

The pages of the rules (docs/rules/), the table of rules in the README, the JSON Schema of the
configuration, and the patterns of the hooks.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ogcheck import platforms, presets
from ogcheck.config import AUTO, FAIL_ON, MOST_JOBS, SETTINGS, Setting
from ogcheck.config.keys import OVERRIDABLE
from ogcheck.problem import Severity
from ogcheck.readers import CONFIGURATION, DATA, EXTENSIONS
from ogcheck.rules.base import Example, Rule
from ogcheck.rules.documentation import page, summary
from ogcheck.rules.options import KINDS, options
from ogcheck.rules.registry import ALL, builtin, group
from ogcheck.testing import said as problems

ROOT = Path(__file__).parents[1]
RULES = list(builtin().rules.values())
MARKED = re.compile(r"(?<=<!-- rules -->\n).*(?=<!-- /rules -->)", re.DOTALL)
HOOKS_MARK = "# Generated from here on, by .ci/generate.py: the patterns are the readers' own.\n"


def said(example: Example) -> list[str]:
    """What ogcheck says of an example, a line for each problem."""
    found = problems(example)
    return [f"{p.line}:{p.column} {p.severity} {p.code}: {p.message}" for p in found]


def row(rule: type[Rule], link: str) -> str:
    """A rule's row in a table."""
    severity = str(rule.severity) if rule.on else "off"
    text = summary(rule).removesuffix(".").replace("|", "\\|")
    return f"| [{rule.code}]({link}) | {rule.name} | {severity} | {rule.fix or '–'} | {text} |\n"


def table(folder: str) -> str:
    """All rules; their pages lie in ``folder``, relative to the table."""
    head = "| code | name | severity | fix | what |\n|---|---|---|---|---|\n"
    return head + "".join(row(rule, f"{folder}{rule.code}.md") for rule in RULES)


def selector() -> dict[str, Any]:
    """A code, name, prefix or ALL; anything else may be a plugin's."""
    groups = list(dict.fromkeys(group(rule.code) for rule in RULES))
    known = [ALL, *groups, *(r.code for r in RULES), *(r.name for r in RULES)]
    return {"anyOf": [{"enum": known}, {"type": "string"}]}


def by_rule(schemas: dict[str, dict[str, Any]], other: dict[str, Any]) -> dict[str, Any]:
    """A table whose keys are codes and names of rules."""
    properties = {
        key: {"title": f"{rule.code} {rule.name}", "description": summary(rule),
              **schemas[rule.code]}
        for rule in RULES
        for key in (rule.code, rule.name)
    }  # fmt: skip
    return {"type": "object", "properties": properties, "additionalProperties": other}


def options_schema(rule: type[Rule]) -> dict[str, Any]:
    """The table of one rule's options."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            option.key: {"description": option.doc, "default": option.default,
                         **KINDS[option.kind].schema}
            for option in options(rule).values()
        },
    }  # fmt: skip


STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
GLOBS: dict[str, Any] = {**STRINGS, "description": "Paths, as .gitignore writes them."}
SELECTORS: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/selector"}}


def table_schema(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """An array of tables."""
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": False,
        },
    }


def setting_schema(setting: Setting) -> dict[str, Any]:
    """The schema of one setting's value."""
    named: dict[str, dict[str, Any]] = {
        "fail-on": {"enum": list(FAIL_ON)},
        "preset": {"enum": list(presets.NAMES)},
        "platforms": {"type": "array", "items": {"enum": list(platforms.PLATFORMS)}},
        "site-url": {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
        "url-map": {
            "type": "object",
            "propertyNames": {"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
            "additionalProperties": {"type": "string"},
        },
        "severity": by_rule({r.code: {"enum": [*map(str, Severity)]} for r in RULES},
                            {"enum": [*map(str, Severity)]}),
        "rules": by_rule({r.code: options_schema(r) for r in RULES}, {"type": "object"}),
        "schemas": table_schema(
            {"files": GLOBS, "schema": {"anyOf": [{"type": "string"}, {"type": "object"},
                                                  {"const": False}]}},
            ["files", "schema"],
        ),
        "exclude": GLOBS,
        "jobs": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_JOBS},
                           {"const": AUTO}]},
        "cache": {"type": ["boolean", "string"], "pattern": r"\S"},
    }  # fmt: skip
    for key in ("select", "extend-select", "ignore", "fixable", "unfixable"):
        named[key] = SELECTORS
    if setting.key == "overrides":
        properties = {"files": GLOBS, **{k: setting_reference(k) for k in sorted(OVERRIDABLE)}}
        named["overrides"] = table_schema(properties, ["files"])
    simple: dict[str, dict[str, Any]] = {"string": {"type": "string"}, "strings": STRINGS}
    schema = named.get(setting.key) or simple[setting.type]
    known = {"description": setting.doc, **schema}
    default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
    return known if default is None else {**known, "default": default}


def setting_reference(key: str) -> dict[str, Any]:
    """A setting inside of ``overrides``."""
    return {"$ref": f"#/properties/{key}"}


def config_schema() -> str:
    """The JSON Schema of ``ogcheck.toml``, for editors."""
    return dumped(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://ogcheck.readthedocs.io/schemas/config.schema.json",
            "title": "The configuration of ogcheck",
            "description": "ogcheck.toml, .ogcheck.toml, and [tool.ogcheck] in pyproject.toml.",
            "type": "object",
            "additionalProperties": False,
            "properties": {key: setting_schema(setting) for key, setting in SETTINGS.items()},
            "$defs": {"selector": selector()},
        }
    )


def dumped(data: Any) -> str:
    """JSON as the repository keeps it."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def hooks() -> str:
    """The hooks that other repositories use."""
    endings = "|".join(sorted(ending.lstrip(".") for ending in EXTENSIONS))
    # Every commit that touches a package.json would start ogcheck for nothing.
    quiet = "|".join(
        re.escape(name) for name in sorted(CONFIGURATION)
        if DATA["." + name.rpartition(".")[2]] != "yaml"
    )  # fmt: skip
    head, _, _ = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").partition(HOOKS_MARK)
    return (
        f"{head}{HOOKS_MARK}  files: (?i)\\.({endings})$\n"
        f"  exclude: (?i)(^|/)({quiet})$\n  types: [text]\n"
    )


def generated() -> Iterator[tuple[Path, str]]:
    """Every file that is generated, whole or in part, and what should stand in it."""
    folder = ROOT / "docs" / "rules"
    for rule in RULES:
        yield folder / f"{rule.code}.md", page(rule, said)
    yield folder / "index.md", f"# Rules\n\n{table('')}"
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    if not MARKED.search(text):
        raise SystemExit("README.md has no place for the rules: <!-- rules -->")
    yield readme, MARKED.sub(lambda _: table("docs/rules/"), text)
    yield ROOT / "schemas" / "config.schema.json", config_schema()
    yield ROOT / ".pre-commit-hooks.yaml", hooks()


def main(arguments: list[str]) -> int:
    """Write, or check; the exit status."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    wanted = dict(generated())
    stale = [
        path for path, text in wanted.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]  # fmt: skip
    left_over = [p for p in (ROOT / "docs" / "rules").glob("*.md") if p not in wanted]
    for path in [*stale, *left_over]:
        name = path.relative_to(ROOT).as_posix()
        if check:
            print(f"{name} is stale: run python .ci/generate.py")
        elif path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], "utf-8", newline="\n")
            print(f"wrote {name}")
        else:
            path.unlink()
            print(f"removed {name}")
    return int(check and bool(stale or left_over))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
