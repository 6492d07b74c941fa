"""The YAML loader of all that reads YAML: libyaml where PyYAML has it.

It composes and never constructs, and gives the nodes of ``yaml.CSafeLoader`` a quarter sooner.
PyYAML prepares a constructor for every text, asks for paths of its own before and after every node,
and tries patterns on every scalar that begins like a number or a word such as ``yes``. ogcheck uses
no such paths, and what a word means is looked up.
"""

from __future__ import annotations

from operator import is_
from typing import Any

import yaml

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BASE: Any = vars(yaml.cyaml)["CParser"] if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
_DEFAULTS = {
    yaml.ScalarNode: _SAFE.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: _SAFE.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: _SAFE.DEFAULT_MAPPING_TAG,
}
_TEXT: str = _SAFE.DEFAULT_SCALAR_TAG
_PATTERNS: dict[str, list[tuple[str, Any]]] = _SAFE.yaml_implicit_resolvers
_SAID = (
    "yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF null Null NULL"
).split()
_WORDS: dict[str, str] = {
    word: tag for word in _SAID for tag, pattern in _PATTERNS[word[0]] if pattern.match(word)
}
"""What is no text although it begins with a letter."""
_SIGNS = {first: tried for first, tried in _PATTERNS.items() if not first.isalpha()}
"""What is tried on text that begins with another character."""


class Loader(_BASE):  # type: ignore[misc]  # its base depends on how PyYAML was built
    """``yaml.CSafeLoader`` that gives the same nodes sooner."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: tuple[bool, bool]) -> Any:
        """The tag of a node without one: YAML 1.1's implicit types for plain scalars."""
        if kind is not yaml.ScalarNode:
            return _DEFAULTS[kind]
        if implicit[0]:
            if value in _WORDS:
                return _WORDS[value]
            for tag, pattern in _SIGNS.get(value[:1], ()):
                if pattern.match(value):
                    return tag
        return _TEXT

    # No paths are registered. What PyYAML calls with the parent and the index, and with nothing,
    # before and after every node does nothing in C: calls of Python would cost a tenth of it all.
    descend_resolver = is_
    ascend_resolver = tuple
