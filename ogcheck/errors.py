"""What a user can cause and mend: an error of the configuration has its place and a way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class ConfigError(Exception):
    """The configuration cannot be used; says where, why, and what to do."""

    def __init__(
        self, message: str, path: Path | str | None = None, line: int | None = None,
        help: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.help = help

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.path, self.line, self.help)

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}: "
        if self.path is not None and self.line is not None:
            place = f"{self.path}:{self.line}: "
        return f"{place}{self.message}" + (f" {self.help}" if self.help else "")
