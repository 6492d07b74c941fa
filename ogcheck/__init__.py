"""ogcheck: a linter for social-share metadata.

The public API: :func:`check_text`, :func:`check_file`, :func:`check_paths`, :func:`read_page` and
:func:`fix_text`, with the types that they answer; and for rules by others :class:`Rule` with
:class:`Context`, :class:`Example`, :class:`Picture`, :func:`replacing`, :func:`rewriting`,
:func:`inserting`, and :mod:`ogcheck.testing`. Everything else may change between releases.
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "Context",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "FixResult",
    "Page",
    "Picture",
    "Place",
    "Problem",
    "Property",
    "Rule",
    "Severity",
    "Source",
    "Span",
    "__version__",
    "check_file",
    "check_paths",
    "check_text",
    "fix_text",
    "inserting",
    "read_page",
    "replacing",
    "rewriting",
]

_HOMES = {
    "rewriting": "ogcheck.rules.base",
    "replacing": "ogcheck.rules.base",
    "inserting": "ogcheck.rules.base",
    "Rule": "ogcheck.rules.base",
    "Place": "ogcheck.problem",
    "Example": "ogcheck.rules.base",
    "Context": "ogcheck.rules.base",
    "ConfigError": "ogcheck.config",
    "Edit": "ogcheck.problem",
    "Finding": "ogcheck.problem",
    "Fix": "ogcheck.problem",
    "FixResult": "ogcheck.fix",
    "Page": "ogcheck.page",
    "Picture": "ogcheck.rules.pictures",
    "Problem": "ogcheck.problem",
    "Property": "ogcheck.page",
    "Severity": "ogcheck.problem",
    "Source": "ogcheck.source",
    "Span": "ogcheck.source",
    "check_file": "ogcheck.api",
    "check_paths": "ogcheck.api",
    "check_text": "ogcheck.api",
    "fix_text": "ogcheck.fix",
    "read_page": "ogcheck.api",
}

TYPE_CHECKING = False  # importing typing takes as long as the rest of --version
if TYPE_CHECKING:
    from typing import Any

    from ogcheck.api import check_file, check_paths, check_text, read_page
    from ogcheck.config import ConfigError
    from ogcheck.fix import FixResult, fix_text
    from ogcheck.page import Page, Property
    from ogcheck.problem import Edit, Finding, Fix, Place, Problem, Severity
    from ogcheck.rules.base import Context, Example, Rule, inserting, replacing, rewriting
    from ogcheck.rules.pictures import Picture
    from ogcheck.source import Source, Span


def __getattr__(name: str) -> Any:
    """Import what is asked for: ``import ogcheck`` alone loads nothing else."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'ogcheck' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
