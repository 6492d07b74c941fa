"""The command in a folder of its own: in this process, or as a user starts it."""

from __future__ import annotations

import io
import os
import select
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from ogcheck.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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


@pytest.fixture
def hearing() -> Iterator[None]:
    """What is started hears of Ctrl-C and of a terminal that goes.

    A suite that runs in the background, or under ``nohup``, ignores them, and its children would.
    """
    numbers = [signal.SIGINT, *([signal.SIGHUP] if os.name == "posix" else [])]
    ignored = [one for one in numbers if signal.getsignal(one) == signal.SIG_IGN]
    for one in ignored:
        signal.signal(one, signal.SIG_DFL)
    yield
    for one in ignored:
        signal.signal(one, signal.SIG_IGN)


COUNT = 144
"""Files of ``site``: more than are checked without workers and cache."""


@pytest.fixture
def site(folder: Path) -> Path:
    """A repository of many files: pages with and without faults, HTML, and what is no page."""
    (folder / "ogcheck.toml").write_text(
        'site-url = "https://a.example"\n[[overrides]]\nfiles = ["d3/**"]\nignore = ["TXT010"]\n'
    )
    for number in range(COUNT):
        (folder / f"d{number % 8}").mkdir(exist_ok=True)
        name, text = _file(number)
        (folder / f"d{number % 8}" / f"{number:03}{name}").write_text(text, "utf-8")
    (folder / "d4" / "gone.md").symlink_to("nowhere")
    return folder


def _file(number: int) -> tuple[str, str]:
    title = (
        f"Page {number} &amp; more" if number % 3 else f"Ein Tag {number} im Mai \u2013 \U0001f600"
    )
    match number % 10:
        case 0:
            return ".html", f"<title>x</title><meta property=og:title content='{title}'>"
        case 1:
            return ".toml", f'og_title = "{title}"\nog_image = "http://b.example/{number}.jpg"\n'
        case 2:
            return ".md", "# no page\n"
        case 3:
            return ".md", f"---\ntitle: '{title}'\n  - slip\n---\n"
        case 4:
            return ".md", f"---\ntitle: x {number}\n---\n"
        case 5:
            return ".md", f"---\nog_title: {title}  # ogcheck: ignore[TXT010] as it was sent\n---\n"
    return ".md", (
        f"---\nog:\n  title: '{title}'\n  url: https://a.example/{number}?a=1&amp;b=2\n"
        f"  image: https://b.example/{number}.jpg\n  type: article\ndate: 2026-02-30\n---\n"
    )


class Shown(NamedTuple):
    """What a process left on a terminal."""

    status: int
    sent: str
    """Everything that the terminal was sent."""

    @property
    def lines(self) -> list[str]:
        """What stands on its lines in the end, as far as carriage returns go."""
        return [_overwritten(line) for line in self.sent.split("\r\n")]


def _overwritten(line: str) -> str:
    cells: list[str] = []
    for part in line.split("\r"):
        cells[: len(part)] = part
    return "".join(cells).rstrip()


@pytest.fixture
def on_terminal(folder: Path) -> Callable[..., Shown]:
    """Runs a command with some of its streams on a real pseudo-terminal, the others nowhere.

    What is to be typed is given as pairs of a text that is waited for and what is typed then.
    """
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals")
    import fcntl
    import termios

    def run(
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        streams: tuple[str, ...] = ("stdin", "stdout", "stderr"),
        typed: Iterable[tuple[str, str]] = (),
    ) -> Shown:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        stdin, stdout, stderr = (
            theirs if name in streams else subprocess.DEVNULL
            for name in ("stdin", "stdout", "stderr")
        )
        waiting = list(typed)
        sent, seen = b"", 0
        with subprocess.Popen(
            command, cwd=folder, env={**os.environ, **env}, start_new_session=True,
            stdin=stdin, stdout=stdout, stderr=stderr,
        ) as process:  # fmt: skip
            os.close(theirs)
            while data := _read(ours):
                sent += data
                while waiting and (place := sent.find(waiting[0][0].encode(), seen)) >= 0:
                    seen = place + len(waiting[0][0])
                    os.write(ours, waiting.pop(0)[1].encode())
            os.close(ours)
            status = process.wait(60)
        assert not waiting, (waiting, sent)
        return Shown(status, sent.decode())

    return run


def _read(handle: int) -> bytes:
    """What the terminal was sent; nothing when its last user has gone, or says nothing more."""
    if not select.select([handle], [], [], 60)[0]:
        return b""
    try:
        return os.read(handle, 65_536)
    except OSError:  # on Linux, the end
        return b""
