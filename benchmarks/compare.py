"""ogcheck beside its peers: medians, ratios, memory over all processes, and whether cost is linear.

    benchmarks/run [--sizes 1,1000,10000,50000] [--pages 1600] [--rounds 3] [--node FOLDER] [FOLDER]

The corpora are made anew from a fixed seed, in the shape of real releases and pages; FOLDER holds
real ones (Markdown and HTML), which are measured in place of them. Every program is run in turns
in one go, as a user starts it, its output thrown away. *Cold* is a first run, which fills ogcheck's
cache; *warm* is the next one. Peers (``peers.py`` says how to install them; --node names the folder
that has ``node_modules``) that are not there are said to be missing, and remark is left out beyond
1,000 files unless --all-sizes asks for it. Floors are those of the project's plan for two
processors; one that is missed is marked and makes the exit status 1.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.built_page import made_pages
from benchmarks.measuring import Command, Cost, costs, fit
from benchmarks.peers import Peers
from benchmarks.release import made_releases
from ogcheck.engine.cache import FOLDER as CACHE

SEED = 20261123
PEER_FILES = 1_000
_NOW = "2027-06-01"
"""All dates of the corpora are past then: what hangs on the clock is not kept."""
OGCHECK = (sys.executable, "-m", "ogcheck", "check", "--format", "concise", "--now", _NOW)
_WIDTH = 48


class Floor(NamedTuple):
    """What has to be reached, and what was."""

    what: str
    reached: float
    floor: float
    wanted: float | None
    unit: str
    is_most: bool
    """The most that it may cost; else the least that it has to reach."""

    @property
    def is_missed(self) -> bool:
        """Whether it is not reached."""
        return self.reached > self.floor if self.is_most else self.reached < self.floor


def write_releases(folder: Path, count: int) -> None:
    """``count`` releases below ``folder/news``, a thousand in a folder.

    Between ``---`` lines, which all the programs read.
    """
    for start in range(0, count, 1000):
        below = folder / "news" / f"{start // 1000:03}"
        below.mkdir(parents=True)
        made = made_releases(min(1000, count - start), SEED + start)
        for number, data in enumerate(made):
            data = data.replace(b"```yaml\n", b"---\n", 1).replace(b"```\n", b"---\n", 1)
            (below / f"release-{number:03}.md").write_bytes(data)


def ogcheck(folder: Path) -> Iterator[tuple[str, Command]]:
    """A first run and the next one."""

    def forget() -> None:
        shutil.rmtree(folder / CACHE, ignore_errors=True)

    yield "ogcheck, cold", Command([*OGCHECK, "news"], folder, forget)
    yield "ogcheck, warm", Command([*OGCHECK, "news"], folder)


class Benchmark:
    """One go over everything; ``say`` gets the lines of the report."""

    def __init__(self, peers: Peers, rounds: int, say: Callable[[str], None]) -> None:
        self.peers = peers
        self.rounds = rounds
        self.say = say
        self.cold: dict[int, Cost] = {}
        self.warm: dict[int, Cost] = {}
        self.floors: list[Floor] = []

    def table(self, title: str, files: int, found: dict[str, Cost]) -> None:
        """Print what some commands cost on the same files."""
        first = next(iter(found.values()))
        self.say(f"\n### {title}\n")
        self.say("| | median | least and most | of processors | files a second "
                 "| MB, all processes | times | times, of processors |")  # fmt: skip
        self.say("|---|--:|--:|--:|--:|--:|--:|--:|")
        for name, one in found.items():
            memory = "" if one.megabytes is None else f"{one.megabytes:,.0f}"
            work = ratio = ""
            if one.processor and first.processor:
                work, ratio = f"{one.processor:.2f} s", f"{one.processor / first.processor:.2f}"
            self.say(
                f"| {name} | {one.seconds:.2f} s | {one.least:.2f} to {one.most:.2f} s | {work} "
                f"| {files / one.seconds:,.0f} | {memory} | {one.seconds / first.seconds:.2f} "
                f"| {ratio} |"
            )

    def releases(self, folder: Path, count: int, *, with_peers: bool) -> None:
        """Front matter: ogcheck beside remark."""
        commands = dict(ogcheck(folder))
        if with_peers:
            commands.update(self.peers.remark(folder))
        found = costs(commands, self.rounds)
        self.table(f"{count:,} release{'s' * (count > 1)}", count, found)
        self.cold[count], self.warm[count] = found["ogcheck, cold"], found["ogcheck, warm"]
        if count == 1_000 and "remark" in found:
            times = found["remark"].seconds / self.cold[count].seconds
            self.floors.append(
                Floor("1,000 releases, cold, beside remark", times, 20, 60, "x", False)
            )
        if count == 50_000:
            for what, one, floor, wanted in (("cold", self.cold[count], 12, 4),
                                             ("warm", self.warm[count], 2, 0.5)):  # fmt: skip
                name = f"50,000 releases, {what}"
                self.floors.append(Floor(name, one.seconds, floor, wanted, "s", True))
            if self.cold[count].megabytes is not None:
                peak = max(self.cold[count].megabytes or 0, self.warm[count].megabytes or 0)
                self.floors.append(Floor("the same, memory", peak, 400, None, "MB", True))

    def pages(self, folder: Path, count: int) -> None:
        """Built pages: ogcheck beside unhead and html-proofer."""
        found = costs({**dict(ogcheck(folder)), **dict(self.peers.pages(folder))}, self.rounds)
        self.table(f"{count:,} built pages", count, found)
        for name, floor, wanted in (("unhead", 5, 8), ("htmlproofer", 15, 25)):
            if name in found and count == 1_600:
                times = found[name].seconds / found["ogcheck, cold"].seconds
                what = f"1,600 built pages, cold, beside {name}"
                self.floors.append(Floor(what, times, floor, wanted, "x", False))

    def one_file(self, folder: Path) -> None:
        """Start-up: ogcheck beside check-jsonschema, one file with the same front matter."""
        data = made_releases(1, SEED)[0].decode().split("```")
        (folder / "one.md").write_text(f"---{data[1].removeprefix('yaml')}---{data[2]}")
        (folder / "one.yaml").write_text(data[1].removeprefix("yaml\n"))
        commands = {
            "ogcheck check one.md": Command([*OGCHECK, "one.md"], folder),
            "ogcheck --version": Command([sys.executable, "-m", "ogcheck", "--version"], folder),
            "python -c pass": Command([sys.executable, "-c", "pass"], folder),
            **dict(self.peers.check_jsonschema(folder / "one.yaml")),
        }
        found = costs(commands, max(self.rounds, 9))
        self.table("One file", 1, found)
        here = found["ogcheck check one.md"].seconds
        self.floors.append(Floor("one file", here * 1000, 150, None, "ms", True))
        version = found["ogcheck --version"].seconds
        self.floors.append(Floor("ogcheck --version", version * 1000, 40, None, "ms", True))
        if "check-jsonschema" in found:
            times = found["check-jsonschema"].seconds / here
            self.floors.append(
                Floor("one file, beside check-jsonschema", times, 1, None, "x", False)
            )

    def line(self) -> None:
        """Whether cost is linear in files, and the plot."""
        if len(self.cold) < 3:
            return
        self.say("\n### Seconds by files\n\n```")
        for name, some in (("cold", self.cold), ("warm", self.warm)):
            start, each, explained = fit([(n, one.seconds) for n, one in some.items()])
            self.say(f"{name}: {start:.2f} s and {each * 1e6:.0f} us a file "
                     f"({explained:.2%} of the variation)")  # fmt: skip
        self.say("")
        seconds = [one.seconds for some in (self.cold, self.warm) for one in some.values()]
        low, high = math.log(min(seconds) / 2), math.log(max(seconds))
        for count in self.cold:
            for name, some in (("cold", self.cold), ("warm", self.warm)):
                length = round((math.log(some[count].seconds) - low) / (high - low) * _WIDTH)
                self.say(f"{count:>7,} {name} {'#' * length} {some[count].seconds:.2f} s")
        self.say("```\n\nThe bars are logarithmic.")

    def verdicts(self) -> bool:
        """Print every floor; whether one is missed."""
        self.say("\n### Floors\n\n| | reached | floor | wanted | |\n|---|--:|--:|--:|---|")
        for one in self.floors:
            digits = 0 if one.unit in ("ms", "MB") else 1
            wanted = "" if one.wanted is None else f"{one.wanted:g} {one.unit}"
            self.say(
                f"| {one.what} | {one.reached:,.{digits}f} {one.unit} | {one.floor:g} {one.unit} "
                f"| {wanted} | {'MISSED' if one.is_missed else 'held'} |"
            )
        return any(one.is_missed for one in self.floors)


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}, "
        f"{os.cpu_count()} processors; load {load}"
    )


def real(benchmark: Benchmark, folder: Path, scratch: Path) -> None:
    """Measure on a copy of what ``folder`` holds."""
    for name, suffixes in (("releases", (".md",)), ("pages", (".html", ".htm"))):
        files = sorted(one for one in folder.rglob("*") if one.suffix in suffixes)
        for one in files:
            to = scratch / name / "news" / one.relative_to(folder)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(one, to)
        if files and name == "releases":
            benchmark.releases(scratch / name, len(files), with_peers=True)
        elif files:
            benchmark.pages(scratch / name, len(files))


def main(arguments: list[str]) -> int:
    """Measure, print, and say whether a floor is missed."""
    parser = argparse.ArgumentParser(
        prog="benchmarks/run", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    parser.add_argument("--sizes", default="1,1000,10000,50000")
    parser.add_argument("--pages", type=int, default=1_600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--node", type=Path, default=Path())
    parser.add_argument("--all-sizes", action="store_true")
    given = parser.parse_args(arguments)
    peers = Peers(given.node)
    benchmark = Benchmark(peers, given.rounds, lambda line: print(line, flush=True))
    print(f"{machine()}; rounds: {given.rounds}.")
    with tempfile.TemporaryDirectory(prefix="ogcheck-benchmark-") as name:
        scratch = Path(name)
        (scratch / "one").mkdir()
        benchmark.one_file(scratch / "one")
        if given.folder is not None:
            real(benchmark, given.folder, scratch)
        else:
            for count in map(int, given.sizes.split(",")):
                write_releases(scratch / str(count), count)
                with_peers = given.all_sizes or count <= PEER_FILES
                benchmark.releases(scratch / str(count), count, with_peers=with_peers)
            if given.pages:
                (scratch / "pages" / "news").mkdir(parents=True)
                made_pages(scratch / "pages" / "news", given.pages)
                benchmark.pages(scratch / "pages", given.pages)
        benchmark.line()
    is_missed = benchmark.verdicts()
    if peers.missing:
        print(f"\nNot installed, and not measured: {', '.join(peers.missing)}.")
    print(f"\nAt the end: {machine()}.")
    return int(is_missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
