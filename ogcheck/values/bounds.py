"""How much is remembered of one text, whoever made it.

A place in a text takes a hundred times the memory of the character that stands there. Texts that
people and generators write have a few; one that is nothing else is judged by its beginning.
"""

from __future__ import annotations

MOST_PLACES = 1000
"""How many places of a kind are told of one text."""
