"""What platforms document of the size of an image, and which of them a size does not do for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ogcheck import platforms
from ogcheck.platforms import Fact


class Least(NamedTuple):
    """What a platform asks for: one side, or both."""

    platform: str
    width: Fact | None
    height: Fact | None

    @property
    def facts(self) -> list[Fact]:
        """Those of the two that there are."""
        return [fact for fact in (self.width, self.height) if fact is not None]

    @property
    def words(self) -> str:
        """The platform, and what it asks for."""
        if self.width is not None and self.height is not None:
            return f"{self.platform} ({self.width.value:g}x{self.height.value:g})"
        side = "wide" if self.width is not None else "high"
        return f"{self.platform} ({self.facts[0].value:g} {side})"


@lru_cache(maxsize=100)
def limits(kind: str, names: tuple[str, ...]) -> tuple[Least, ...]:
    """What the platforms ``names`` say of a kind: ``min``, ``large`` or ``recommended``."""
    found = []
    for name in names:
        facts = [platforms.facts(f"image {kind} {side}", (name,)) for side in ("width", "height")]
        if any(facts):
            found.append(Least(name, *(fact[0] if fact else None for fact in facts)))
    return tuple(found)


def failing(kind: str, size: tuple[int, int], names: tuple[str, ...]) -> list[Least]:
    """The platforms whose limits of a kind a size fails."""
    return [
        least
        for least in limits(kind, names)
        if any(
            fact is not None and side < fact.value
            for fact, side in zip((least.width, least.height), size, strict=True)
        )
    ]


def is_firm(found: Iterable[Least]) -> bool:
    """Whether any of these stands today, in the platform's own words."""
    return any(fact.firm for one in found for fact in one.facts)
