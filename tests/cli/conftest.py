"""The command in a folder of its own: in this process, or as a user starts it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from ogcheck.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

UNSET = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONWARNINGS")


class Done(NamedTuple):
    """What a run left."""

    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, which is the working directory."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def cli(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command in this process; ``stdin`` is what it reads."""

    def run(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        status = main([*arguments])
        return Done(status, *capsys.readouterr())

    return run


@pytest.fixture
def shell(folder: Path) -> Callable[..., Done]:
    """Runs ``python -m ogcheck`` in a process, with ``flags`` for Python and more environment."""

    def run(
        *arguments: str | bytes, flags: tuple[str, ...] = (), stdin: str | None = None, **env: Any
    ) -> Done:
        done = subprocess.run(
            [sys.executable, *flags, "-m", "ogcheck", *arguments],
            cwd=folder,
            env={**os.environ, **env},
            input=None if stdin is None else stdin.encode(),
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = (one.decode("utf-8", "backslashreplace") for one in (done.stdout, done.stderr))
        assert "Traceback" not in err
        assert "internal error" not in err
        return Done(done.returncode, out, err)

    return run
