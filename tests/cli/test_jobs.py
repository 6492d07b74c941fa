"""Worker processes: the same output with any number, and what becomes of those that end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ogcheck.config import Resolver
from ogcheck.engine import records
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import Found, files
from ogcheck.engine.run import run
from ogcheck.engine.schedule import Schedule
from ogcheck.engine.workers import Workers
from ogcheck.reports import FORMATS
from tests.cli.house import plugin

Cli = Callable[..., Any]

forked = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


@pytest.mark.parametrize("name", FORMATS)
def test_any_number_of_jobs_says_the_same(cli: Cli, site: Path, name: str) -> None:
    order = ("check", "--no-cache", "--notes", "--verbose", "--format", name)
    alone = cli(*order, "--jobs", "1")
    assert alone.out.count("\n") > 100 or name in ("gitlab", "markdown", "json", "sarif", "rdjson")
    assert "passed over" in alone.err
    for jobs in ("2", "7"):
        assert cli(*order, "--jobs", jobs) == alone


def test_processes_that_begin_anew_say_the_same(site: Path) -> None:
    """As they do where there is no fork."""
    checker = Checker(Resolver(site), datetime.now(UTC))
    found = list(files(["."], site, checker.resolver))
    workers = Workers(checker, 2, method="spawn")
    tasks = [workers.give(found[:90]), workers.give(found[90:])]
    while not all(one.is_over for one in tasks):
        workers.wait()
    workers.close()
    rows = [row for task in tasks for row in task.rows]
    outcomes = [records.outcome(row.record, one) for row, one in zip(rows, found, strict=True)]
    assert outcomes == list(run(found, checker))


def test_outcomes_come_while_files_are_still_listed(site: Path) -> None:
    checker = Checker(Resolver(site), datetime.now(UTC))
    seen = 0

    def listed() -> Iterator[Found]:
        nonlocal seen
        for _ in range(500):
            for one in files(["."], site, checker.resolver):
                seen += 1
                yield one

    outcomes = Schedule(checker, jobs=2).run(listed())
    for _ in range(500):
        next(outcomes)
    assert seen < 10_000
    outcomes.close()  # type: ignore[attr-defined]  # it is a generator


def test_few_files_need_no_worker(cli: Cli, site: Path) -> None:
    plugin(site, f"assert os.getpid() == {os.getpid()}")
    done = cli("check", "d1", "--jobs", "2")
    assert "HOUSE001" not in done.out


@forked
def test_many_files_have_workers(cli: Cli, site: Path) -> None:
    plugin(site, f"assert os.getpid() == {os.getpid()}")
    assert "HOUSE001" not in cli("check", "--jobs", "1").out
    assert "AssertionError" in cli("check", "--jobs", "2", "--no-cache").out


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_no_thread_runs_when_workers_are_forked(site: Path) -> None:
    """A fork would lose it: neither Python's nor those of the libraries."""
    code = (
        "import os, threading; from ogcheck.cli import main; "
        "main(['check', '--jobs', '1', '--exit-zero', '--statistics', '-q']); "
        "print(threading.active_count(), len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "1 1"


def test_an_error_on_the_way_comes_in_its_turn(cli: Cli, site: Path) -> None:
    (site / "d5" / "ogcheck.toml").write_text("nonsense = 1\n")
    order = ("check", "--format", "concise", "--no-cache", "--jobs")
    alone, many = cli(*order, "1"), cli(*order, "2")
    assert many == alone
    assert alone.status == 2
    assert alone.err.startswith("ogcheck: d5/ogcheck.toml:1: ")
    assert "d4/" in alone.out


KILLED = "if name.endswith('d6/126.md'): os.kill(os.getpid(), signal.SIGKILL)"


@forked
def test_a_file_that_kills_its_worker_is_named(cli: Cli, site: Path) -> None:
    order = ("check", "--format", "concise", "--no-cache", "--jobs")
    plugin(site, "pass")
    alone = cli(*order, "1")
    plugin(site, KILLED)
    done = cli(*order, "2")
    assert done.status == 1
    lines = [line for line in done.out.splitlines() if "d6/126.md" not in line]
    assert lines == [line for line in alone.out.splitlines() if "d6/126.md" not in line]
    (said,) = (line for line in done.out.splitlines() if "d6/126.md" in line)
    assert said == (
        "d6/126.md:1:1: error OGX004 The file cannot be read: the process that checked it was "
        "ended by SIGKILL."
    )
    assert done.err.splitlines()[:2] == [
        "ogcheck: a worker process was ended by SIGKILL: its files are checked again.",
        "ogcheck: the worker process that checked d6/126.md was ended by SIGKILL.",
    ]
    again = ("check", "--format", "concise", "--jobs", "2")
    assert cli(*again).out == done.out
    plugin(site, "pass  # mended")
    assert cli(*again).out == alone.out


@forked
def test_a_worker_that_is_killed_once_changes_nothing(cli: Cli, site: Path) -> None:
    order = ("check", "--format", "json", "--no-cache", "--jobs")
    plugin(site, "pass")
    alone = cli(*order, "1")
    plugin(
        site,
        """
if name.endswith("d6/126.md") and not Path("killed").exists():
    Path("killed").touch()
    os.kill(os.getpid(), signal.SIGTERM)
""",
    )
    done = cli(*order, "2")
    assert (done.status, done.out) == (alone.status, alone.out)
    assert done.err == (
        "ogcheck: a worker process was ended by SIGTERM: its files are checked again.\n" + alone.err
    )


@forked
def test_workers_that_all_die_end_the_run(cli: Cli, site: Path) -> None:
    plugin(site, f"if os.getpid() != {os.getpid()}: os._exit(7)")
    done = cli("check", "--no-cache", "--jobs", "2", "--format", "json:out.json")
    assert (done.status, done.out) == (2, "")
    assert "ogcheck: 11 worker processes have ended, the last one with status 7." in done.err
    assert done.err.endswith("Try it with --jobs 1.\n")
    assert not (site / "out.json").exists()


STOPS = """
if name.endswith("d6/126.md"):
    print("reached", os.getpid(), file=sys.stderr, flush=True)
    while not Path("go").exists():
        pass
"""


def stopped(site: Path, number: int, jobs: str) -> tuple[int, str]:
    """Status and last words of a run that is sent a signal, after all of its processes ended."""
    plugin(site, STOPS)
    (site / "old.json").write_text("before")
    order = [sys.executable, "-m", "ogcheck", "check", "--format", "json:old.json"]
    with subprocess.Popen(
        [*order, "--jobs", jobs],
        cwd=site,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("reached")
        process.send_signal(number)
        if number == signal.SIGKILL:
            (site / "go").touch()
        # It ends when the last process that holds it has ended.
        said = process.stderr.read()
        return process.wait(60), said


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals")
@pytest.mark.usefixtures("hearing")
@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_that_is_interrupted_leaves_nothing(site: Path, name: str, jobs: str) -> None:
    before = {one.name for one in site.iterdir()} | {"house.py", "old.json"}
    number = getattr(signal, name)
    status, said = stopped(site, number, jobs)
    assert status == 128 + number
    # A line of its own first: behind ^C on a terminal.
    assert said.startswith("\nogcheck: interrupted")
    if jobs == "1":
        assert said[1:] == "ogcheck: interrupted while HOUSE001 looked at d6/126.md.\n"
    else:  # it waits for a worker, or still checks the last of its own files, or is between two
        doing = r"( while d\S+ and those after it were checked| while [A-Z]+\d+ looked at d\S+)?"
        assert re.fullmatch(rf"ogcheck: interrupted{doing}\.\n", said[1:])
    assert (site / "old.json").read_text() == "before"
    assert {one.name for one in site.iterdir()} - {".ogcheck_cache", "__pycache__"} == before


@forked
def test_workers_end_when_the_run_is_killed(site: Path) -> None:
    status, said = stopped(site, signal.SIGKILL, "3")
    assert (status, said) == (-signal.SIGKILL, "")
    assert (site / "old.json").read_text() == "before"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_plugin_prints_is_no_part_of_the_report(
    cli: Cli, shell: Cli, site: Path, jobs: str
) -> None:
    order = ("check", "--format", "sarif", "--no-cache", "--jobs", jobs)
    plain = cli(*order)
    plugin(site, "print('so', name)")
    with (site / "house.py").open("a") as file:
        file.write("\nprint('loaded')\n")
    done = shell(*order)
    results = plain.out[plain.out.index('"results"') :]
    assert done.out[done.out.index('"results"') :] == results
    assert done.err.startswith("loaded\nso d0/")
    assert done.err.count("so d") > 100


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('no')", "ValueError: no"),
        ("sys.exit('gone')", "SystemExit: gone"),
        ("yield 7", "TypeError: it reported a value of type int, and not a Finding"),
        ("def deep(): deep()\ndeep()", "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_a_rule_that_fails_is_a_problem_of_its_page(
    cli: Cli, site: Path, body: str, said: str, jobs: str
) -> None:
    plugin(site, f"if name.endswith('126.md'):\n    {body.replace(chr(10), chr(10) + '    ')}")
    done = cli("check", "--format", "concise", "--no-cache", "--jobs", jobs)
    (line,) = (one for one in done.out.splitlines() if "OGX001" in one)
    assert line.startswith("d6/126.md:1:1: error OGX001 The rule HOUSE001 house-rule failed")
    assert said in line
    assert (done.status, done.out.count("126.md")) == (1, 3)


@pytest.mark.parametrize("given", ["0", "-1", "257", "x", "1.5", "\u00b2", ""])
def test_numbers_that_are_none(cli: Cli, site: Path, given: str) -> None:
    done = cli("check", "--jobs", given)
    assert done.status == 2
    assert "a number from 1 to 256" in done.err


@pytest.mark.parametrize(
    ("given", "status"), [("3", 1), ('"auto"', 1), ("0", 2), ("true", 2), ('"2"', 2)]
)
def test_the_setting(cli: Cli, site: Path, given: str, status: int) -> None:
    (site / "ogcheck.toml").write_text(f"jobs = {given}\n")
    done = cli("check", "d1", "d0")
    assert done.status == status
    if status == 2:
        assert 'ogcheck.toml:1: jobs must be a number from 1 to 256, or "auto"' in done.err


def test_no_thread_is_left(cli: Cli, site: Path) -> None:
    cli("check", "--jobs", "2", "--no-cache")
    assert threading.active_count() == 1
