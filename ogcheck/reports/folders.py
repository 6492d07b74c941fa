"""Problems by folder: which are worth a line of their own, and what is in and below each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Folder:
    """A folder, and what was found in it and below it."""

    path: str
    """As problems have it, with a slash at its end; ``./`` is where ogcheck was run."""
    files: int = 0
    """How many files have problems."""
    counts: Counter[str] = field(default_factory=Counter)
    """The problems by severity."""


def folders(files: Mapping[str, Counter[str]]) -> list[Folder]:
    """The folders of ``files``, by path; ``files`` has the problems of each by severity.

    A folder that says no more than one in it is left out, and so is one in which a single file has
    problems, unless that file is all there is: sites that give each page a folder would get a list
    as long as that of their files.
    """
    found: dict[str, Folder] = {}
    chains: set[tuple[str, ...]] = set()
    for path, counts in files.items():
        chain = tuple(parents(path))
        for name in chain:
            folder = found.setdefault(name, Folder(name))
            folder.files += 1
            folder.counts.update(counts)
        chains.add(chain)
    listed: dict[str, Folder] = {}
    says_the_same: set[str] = set()
    for chain in chains:
        for i, name in enumerate(chain):
            folder = found[name]
            if folder.files > 1 or found[chain[0]].files == 1:
                listed[name] = folder
            if i and found[chain[i - 1]].files == folder.files:
                says_the_same.add(chain[i - 1])
    return sorted(
        (one for name, one in listed.items() if name not in says_the_same),
        key=lambda one: one.path.split("/"),
    )


def parents(path: str) -> list[str]:
    """The folders that ``path`` is in, the outermost first, each with a slash at its end."""
    names = path.split("/")[:-1]
    is_rooted = bool(names) and (not names[0] or names[0].endswith(":"))
    found = [] if is_rooted else ["./"]
    return found + ["/".join(names[: i + 1]) + "/" for i in range(len(names))]
