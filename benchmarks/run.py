"""What ogcheck costs: a release in a loop, and one file from the command line.

    python benchmarks/run.py [FOLDER]

FOLDER holds real releases (``../shared/corpus/police-news`` where it is there); without one, a
thousand releases are made from a fixed seed in the shape of real ones. Every figure is the best of
several runs on one core, and start-up is given beside bare Python and ``import yaml`` measured in
the same run. The budgets are those of the project's design; a figure over its budget is marked and
makes the exit status 1.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import yaml

from ogcheck.config import Resolver
from ogcheck.engine.check import Checker
from ogcheck.readers import read
from ogcheck.source import Source

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "police-news"
ROUNDS = 7
RELEASE_BUDGET_US = 300.0
START_FACTOR, START_EXTRA_MS = 2.5, 100.0

# As installed: compiled once, wherever this environment would put (or not put) the result.
_ENV = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_ENV["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="ogcheck-benchmark-")

_WORDS = (
    "appeal officers harbour burglary witness station bridge market street charged sentenced "
    "missing teenager driver collision evidence operation community patrol warrant arrested"
).split()


def made_releases(count: int, seed: int = 20261123) -> list[bytes]:
    """Releases in the shape of the real ones: half of them with a fault, as in the archive."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    releases = []
    for number in range(count):
        title = " ".join(chance.sample(_WORDS, 7)).capitalize()
        slug = title.lower().replace(" ", "-")
        site = "https://www.northbridge.example"
        address = f"{site}/news/2026/march/{slug}-{number}/"
        separator = "&amp;" if chance.random() < 0.4 else "&"
        image = f"{site}/media/default.jpg?crop=(5,0,195,100){separator}w=600{separator}h=300"
        lines = [
            "```yaml",
            "area: Northbridge",
            "og:",
            f"  description: {' '.join(chance.choices(_WORDS, k=18)).capitalize()}.",
            f"  image: {image}",
            "  locale: en_GB",
            f"  title: {title}",
            "  type: website",
            f"  url: {address}",
            "publish:",
            f"  date: {chance.randint(0, 23):02}:{chance.randint(0, 59):02} "
            f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/2026",
            f"title: {title} | Northbridge Police",
            f"url: {address}",
            "```",
            "",
            *(" ".join(chance.choices(_WORDS, k=60)) for _ in range(6)),
            "",
        ]
        releases.append("\n".join(lines).encode())
    return releases


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest of several runs of ``work``, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def releases(folder: Path | None) -> tuple[str, list[bytes]]:
    """What is measured, and its name."""
    if folder is not None:
        return folder.name, [p.read_bytes() for p in sorted(folder.rglob("*.md"))]
    return "1,000 made releases", made_releases(1000)


def measure_loop(data: list[bytes]) -> tuple[float, float, float]:
    """Microseconds a release: libyaml's composing alone, reading, and reading with all checks."""
    path = Path.cwd() / "release.md"
    checker = Checker(Resolver(Path.cwd(), isolated=True), datetime.now(UTC), notes=False)

    def reading() -> None:
        for one in data:
            read(Source.from_bytes("release.md", one))

    def checking() -> None:
        for one in data:
            checker.check(Source.from_bytes("release.md", one), path)

    def composing() -> None:
        for one in fronts:
            yaml.compose(one, Loader=yaml.CSafeLoader)

    fronts = [one.decode().split("```")[1].removeprefix("yaml") for one in data]
    checking()  # once, so that lazy imports and caches are not counted
    each = 1e6 / len(data)
    return best(composing) * each, best(reading) * each, best(checking) * each


def wall(*command: str, rounds: int = 15) -> tuple[float, float]:
    """The shortest and the median wall time of a command, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], capture_output=True, check=False, env=_ENV)
        times.append((time.perf_counter() - start) * 1000)
    return min(times), statistics.median(times)


def measure_start(data: bytes) -> dict[str, tuple[float, float]]:
    """Wall times of whole commands, by what they are."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "release.md"
        file.write_bytes(data)
        clean = ROOT / "seeds" / "northbridge-clean.md"
        return {
            "python -c pass": wall("-c", "pass"),
            "python -c 'import yaml'": wall("-c", "import yaml"),
            "ogcheck --version": wall("-m", "ogcheck", "--version"),
            "ogcheck check ONE_FILE, with problems": wall("-m", "ogcheck", "check", str(file)),
            "ogcheck check ONE_FILE, clean": wall("-m", "ogcheck", "check", str(clean)),
        }


def main(arguments: list[str]) -> int:
    """Measure, print, and say whether a budget is broken."""
    folder = Path(arguments[0]) if arguments else CORPUS if CORPUS.is_dir() else None
    name, data = releases(folder)
    composing, reading, checking = measure_loop(data)
    over = checking > RELEASE_BUDGET_US
    print(f"{name}: {len(data):,} releases, one core, best of {ROUNDS}")
    print(f"  yaml.compose alone      {composing:7.0f} us a release")
    print(f"  reading                 {reading:7.0f} us a release  ({reading / composing:.1f} x)")
    print(f"  reading, rules, schema  {checking:7.0f} us a release"
          f"  ({checking / composing:.1f} x; budget {RELEASE_BUDGET_US:.0f})"
          f"{'  OVER' if over else ''}")  # fmt: skip
    start = measure_start(data[len(data) // 2])
    bare = start["python -c 'import yaml'"][0]
    budget = START_FACTOR * bare + START_EXTRA_MS
    print("\nwhole commands, best and median of 15, and beside import yaml")
    for what, (low, middle) in start.items():
        late = "ONE_FILE" in what and low > budget
        over = over or late
        limit = f"  (budget {budget:.0f})" if "ONE_FILE" in what else ""
        print(f"  {what:40}{low:6.0f} ms {middle:6.0f} ms {low / bare:5.1f} x{limit}"
              f"{'  OVER' if late else ''}")  # fmt: skip
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
