"""A small site that a real generator builds: made, checked, broken, and checked again."""

from __future__ import annotations

import json
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ogcheck.cli import main

NOW = "2026-06-01T12:00:00+00:00"


def png(width: int = 1200, height: int = 630) -> bytes:
    """A black picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes(width)) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Said(NamedTuple):
    """One problem, as far as a test asks."""

    code: str
    path: str
    severity: str
    message: str
    related: tuple[str, ...]


class Built(NamedTuple):
    """A site in a folder of its own, and how it is built and checked."""

    folder: Path
    command: tuple[str, ...]
    sources: tuple[str, ...]
    capsys: pytest.CaptureFixture[str]

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace what stands once in a file."""
        text = (self.folder / path).read_text("utf-8")
        assert text.count(old) == 1, f"{path}: {text.count(old)} of {old!r}"
        (self.folder / path).write_text(text.replace(old, new), "utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def build(self) -> None:
        """Let the generator build it."""
        done = subprocess.run(
            self.command, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def check(self, *options: str, sources_only: bool = False) -> list[Said]:
        """What ``ogcheck check`` says of it, as a site, with the pages that were built."""
        paths = self.sources if sources_only else (*self.sources, "public")
        self.capsys.readouterr()
        status = main(
            ["check", *paths, "--built", "public", "--site", "--format", "json", "--now", NOW,
             *options]
        )  # fmt: skip
        out, err = self.capsys.readouterr()
        assert status in (0, 1), err
        problems: list[dict[str, Any]] = json.loads(out)["problems"]
        return [
            Said(p["code"], p["path"], p["severity"], p["message"],
                 tuple(r["path"] for r in p["related"]))
            for p in problems
        ]  # fmt: skip


Making = Callable[[dict[str, str], tuple[str, ...], tuple[str, ...]], Built]


@pytest.fixture
def making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Making:
    """Writes a site's files (pictures where they end in .png), and makes its folder the current."""

    def make(files: dict[str, str], command: tuple[str, ...], sources: tuple[str, ...]) -> Built:
        (tmp_path / ".git").mkdir()
        monkeypatch.chdir(tmp_path)
        site = Built(tmp_path, command, sources, capsys)
        for path, text in files.items():
            if path.endswith(".png"):
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_bytes(png())
            else:
                site.write(path, text)
        return site

    return make
