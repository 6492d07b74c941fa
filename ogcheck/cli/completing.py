"""What the shell offers where a name is wanted: rules, formats, presets, schemas, files.

Only what ogcheck ships is offered: completion reads no configuration, and runs no plugin. Each
function takes what click gives (context, parameter, what is typed) and imports what it asks when it
is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem


def files(_: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Whatever files there are: the shell lists them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def rules(_: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The code or name of a rule."""
    return _rules("", incomplete)


def selectors(_: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes, names and groups of rules; of several with commas the last."""
    before, comma, last = incomplete.rpartition(",")
    return _rules(before + comma, last, groups=True)


def why(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A rule, or a file, of ``--why CODE PATH``."""
    return _rules("", incomplete) or files(ctx, param, incomplete)


def formats(_: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The formats of reports; behind a colon stands a file."""
    from ogcheck.reports import FORMATS

    return _fitting(((name, None) for name in (*FORMATS, "auto")), incomplete)


def presets(_: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The presets that can be chosen."""
    from ogcheck.presets import NAMES

    return _fitting(((name, None) for name in NAMES), incomplete)


def schemas(_: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The published JSON Schemas."""
    from ogcheck.schema import published

    return _fitting(((name, None) for name in published()), incomplete)


def _rules(before: str, typed: str, *, groups: bool = False) -> list[CompletionItem]:
    """Codes while nothing or the beginning of one is typed, with what they report; else names."""
    from ogcheck.rules.documentation import summary
    from ogcheck.rules.registry import GROUPS, builtin

    known = builtin().rules.values()
    found: list[tuple[str, str | None]] = []
    if groups:
        found += [("ALL", "every rule"), *((one, "all of this group") for one in GROUPS)]
    found += [(rule.code, f"{rule.name}: {summary(rule)}") for rule in known]
    if typed:
        found += [(rule.name, summary(rule)) for rule in known]
    return _fitting(found, typed, before)


def _fitting(
    names: Iterable[tuple[str, str | None]], typed: str, before: str = ""
) -> list[CompletionItem]:
    """Those of ``names``, each with its help, that begin as is ``typed``, in either case."""
    from click.shell_completion import CompletionItem

    start = typed.lower()
    return [
        CompletionItem(before + name, help=text)
        for name, text in names
        if name.lower().startswith(start)
    ]
