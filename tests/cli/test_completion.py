"""Shells complete what ogcheck knows: asked in the real bash, zsh and fish."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogcheck.presets import NAMES
from ogcheck.reports import FORMATS
from ogcheck.rules.registry import builtin
from ogcheck.schema import published

Cli = Callable[..., Any]

PLUGIN = "raise SystemExit('the plugin ran')\n"


@pytest.fixture
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plugin that must not run, and the command on the path."""
    (folder / "evil.py").write_text(PLUGIN)
    (folder / "ogcheck.toml").write_text('plugins = ["evil.py"]\n')
    (folder / "news").mkdir()
    (folder / "news/a b.md").touch()
    (folder / "bin").mkdir()
    command = folder / "bin/ogcheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ogcheck "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(command.parent), prepend=":")
    return folder


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        shutil.which(shell) is None, reason=f"{shell} is not installed (.ci/run --all does it)"
    )


def said(*command: str, stdin: str = "") -> str:
    done = subprocess.run(
        command, input=stdin, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout


def in_bash(lines: list[str]) -> list[list[str]]:
    """What bash offers at the end of each of ``lines``, of which it is given the words."""
    script = """
        eval "$(ogcheck completion bash)"
        while IFS=" " read -r -a COMP_WORDS; do
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            [ "${COMP_WORDS[COMP_CWORD]}" != @ ] || COMP_WORDS[COMP_CWORD]=
            _ogcheck_completion ogcheck </dev/null
            printf "%s\n" "${COMPREPLY[*]}"
        done
    """
    typed = "".join(f"{line}@\n" if line.endswith(" ") else f"{line}\n" for line in lines)
    return [one.split() for one in said("bash", "--norc", "-c", script, stdin=typed).splitlines()]


def in_fish(lines: list[str]) -> list[list[str]]:
    """What fish offers at the end of each of ``lines``."""
    script = "ogcheck completion fish | source\n" + "".join(
        f'complete -C "{line}"; echo ";"\n' for line in lines
    )
    parts = said("fish", "--no-config", "-c", script).split(";\n")[:-1]
    return [[one.partition("\t")[0] for one in part.splitlines()] for part in parts]


CODES = [rule.code for rule in builtin().rules.values()]
BEGINS_TXT01 = [code for code in CODES if code.startswith("TXT01")]
CASES = [
    ("ogcheck che", ["check"]),
    ("ogcheck completion ", ["bash", "zsh", "fish"]),
    ("ogcheck --vers", ["--version"]),
    ("ogcheck check --write-", ["--write-baseline"]),
    ("ogcheck check --select TXT01", BEGINS_TXT01),
    ("ogcheck check --ignore URL001,txt01", [f"URL001,{code}" for code in BEGINS_TXT01]),
    ("ogcheck check --extend-select byte-", ["byte-order-mark"]),
    ("ogcheck check --format ", [*FORMATS, "auto"]),
    ("ogcheck check --preset ", list(NAMES)),
    ("ogcheck check --fail-on ", ["error", "warning", "never"]),
    ("ogcheck rule ", CODES),
    ("ogcheck rule byte-", ["byte-order-mark"]),
    ("ogcheck rules --why byte-", ["byte-order-mark"]),
    ("ogcheck schema ", list(published())),
    ("ogcheck schema nothing", []),
    ("ogcheck nothing", []),
]


def asked(answers: list[list[str]], lines: list[str]) -> dict[str, list[str]]:
    assert len(answers) == len(lines)
    return dict(zip(lines, answers, strict=True))


@needs("bash")
def test_bash(site: Path) -> None:
    lines = [line for line, _ in CASES]
    assert asked(in_bash(lines), lines) == dict(CASES)


@needs("fish")
def test_fish(site: Path) -> None:
    cases = [*CASES, ("ogcheck check news/", ["news/a b.md"])]
    lines = [line for line, _ in cases]
    assert asked(in_fish(lines), lines) == dict(cases)


INTERACTIVE = {
    "bash": (
        ("bash", "--norc", "--noprofile", "-i"),
        'bind "set enable-bracketed-paste off"; eval "$(ogcheck completion bash)"',
    ),
    "zsh": (
        ("zsh", "-f", "-i"),
        "unsetopt prompt_sp; autoload -U compinit; compinit -u -D; "
        'eval "$(ogcheck completion zsh)"',
    ),
}


@pytest.mark.parametrize("shell", [pytest.param(one, marks=needs(one)) for one in INTERACTIVE])
def test_a_key_is_pressed(site: Path, on_terminal: Cli, shell: str) -> None:
    """What the tab key completes is a command that runs, a file with a space in its name, too."""
    command, script = INTERACTIVE[shell]
    done = on_terminal(
        command,
        {"TERM": "dumb", "PS1": "ready> ", "HISTFILE": "/dev/null", "ZDOTDIR": str(site)},
        columns=200,
        typed=[
            ("ready> ", f"{script}\r"),
            ("ready> ", "ogcheck rule byte-\t\r"),
            ("# FM007 byte-order-mark", ""),
            ("ready> ", "ogcheck check --isolated --select byte-\tnews/a\t\r"),
            ("No problems in 1 file", ""),
            ("ready> ", "exit\r"),
        ],
    )
    assert done.status == 0


@needs("zsh")
def test_zsh_shows_what_rules_report(site: Path, on_terminal: Cli) -> None:
    command, script = INTERACTIVE["zsh"]
    done = on_terminal(
        command,
        {"TERM": "dumb", "PS1": "ready> ", "ZDOTDIR": str(site)},
        columns=200,
        typed=[
            ("ready> ", f"{script}\r"),
            ("ready> ", "ogcheck rule TXT01\t"),
            ("TXT018", "\x15exit\r"),
        ],
    )
    assert "TXT013  -- stray-whitespace: White space" in done.sent


def test_completion_loads_no_plugin_and_reads_no_configuration(site: Path, shell: Cli) -> None:
    assert "the plugin ran" in shell("check").err
    (site / "ogcheck.toml").write_text("nonsense")
    done = shell(
        _OGCHECK_COMPLETE="fish_complete",
        COMP_WORDS="ogcheck check --select byte-",
        COMP_CWORD="byte-",
    )
    assert done == (0, "plain,byte-order-mark\tA byte-order mark before the opening fence.\n", "")


def test_a_command_is_completed_without_importing_it(shell: Cli) -> None:
    done = shell(
        flags=("-X", "importtime"),
        _OGCHECK_COMPLETE="bash_complete",
        COMP_WORDS="ogcheck ",
        COMP_CWORD="1",
    )
    assert done.out.split() == [f"plain,{name}" for name in
                                ("check", "clean", "completion", "config", "explain", "init",
                                     "rule", "rules", "schema")]  # fmt: skip
    assert "ogcheck.cli.app" in done.err
    assert "ogcheck.cli.check" not in done.err
    assert "ogcheck.engine" not in done.err
    assert "ogcheck.config" not in done.err


def test_an_unknown_shell_is_refused(cli: Cli) -> None:
    done = cli("completion", "tcsh")
    assert (done.status, done.out) == (2, "")
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in done.err
