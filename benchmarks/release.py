"""What ogcheck costs: a release in a loop, and one file from the command line.

    python benchmarks/release.py [FOLDER]

FOLDER holds real releases (``../shared/corpus/police-news`` where it is there); without one, a
thousand releases are made from a fixed seed in the shape of real ones. Every figure is the least
processor time of several rounds; what is compared is measured in turns within each round, so that a
busy machine is unkind to all alike. No round profits from the one before: every cache of ogcheck is
emptied, and warmed with other releases. Start-up is given beside bare Python and ``import yaml``.
The budgets are those of the project's design; a figure over its budget is marked, and no more than
that: time hangs on the machine, and decides about no change. What the figures mean is in
``README.md`` beside this file.
"""

from __future__ import annotations

import gc
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import yaml

from ogcheck.config import Resolver
from ogcheck.engine.check import Checker
from ogcheck.readers import read
from ogcheck.source import Source

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.made import WORDS

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "police-news"
ROUNDS = 7
RELEASE_BUDGET_US = 300.0
START_FACTOR, START_EXTRA_MS = 2.5, 100.0

# As installed: compiled once, wherever this environment would put (or not put) the result.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="ogcheck-benchmark-")


def made_releases(count: int, seed: int = 20261123) -> list[bytes]:
    """Releases in the shape of the real ones: half of them with a fault, as in the archive."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    releases = []
    for number in range(count):
        title = " ".join(chance.sample(WORDS, 7)).capitalize()
        slug = title.lower().replace(" ", "-")
        site = "https://www.northbridge.example"
        address = f"{site}/news/2026/march/{slug}-{number}/"
        separator = "&amp;" if chance.random() < 0.4 else "&"
        image = f"{site}/media/default.jpg?crop=(5,0,195,100){separator}w=600{separator}h=300"
        lines = [
            "```yaml",
            "area: Northbridge",
            "og:",
            f"  description: {' '.join(chance.choices(WORDS, k=18)).capitalize()}.",
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
            *(" ".join(chance.choices(WORDS, k=60)) for _ in range(6)),
            "",
        ]
        releases.append("\n".join(lines).encode())
    return releases


def forget() -> None:
    """Empty every cache of ogcheck: a run sees a text once."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "ogcheck":
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def least(
    works: Mapping[str, Callable[[], object]], warm: Callable[[], object]
) -> dict[str, float]:
    """The shortest processor time of each of ``works`` in several rounds, in seconds."""
    times: dict[str, float] = dict.fromkeys(works, math.inf)
    for _ in range(ROUNDS):
        for name, work in works.items():
            forget()
            warm()
            gc.collect()
            start = time.process_time()
            work()
            times[name] = min(times[name], time.process_time() - start)
    return times


def releases(folder: Path | None) -> tuple[str, list[bytes]]:
    """What is measured, and its name."""
    if folder is not None:
        return folder.name, [p.read_bytes() for p in sorted(folder.rglob("*.md"))]
    return "1,000 made releases", made_releases(1000)


def measure_loop(data: list[bytes]) -> dict[str, float]:
    """Microseconds a release: libyaml's composing alone, reading, and reading with all checks."""
    path = Path.cwd() / "release.md"
    now = datetime.now(UTC)

    def checking(data: Iterable[bytes], **settings: object) -> Callable[[], None]:
        resolver = Resolver(Path.cwd(), isolated=True, overlay=settings)
        checker = Checker(resolver, now, notes=False)

        def work() -> None:
            for one in data:
                checker.check(Source.from_bytes("release.md", one), path)

        return work

    def reading() -> None:
        for one in data:
            read(Source.from_bytes("release.md", one))

    def composing() -> None:
        for one in fronts:
            yaml.compose(one, Loader=yaml.CSafeLoader)

    fronts = [one.decode().split("```")[1].removeprefix("yaml") for one in data]
    works = {
        "yaml.compose alone": composing,
        "reading": reading,
        "reading, rules": checking(data, ignore=["SCH"]),
        "reading, schema": checking(data, select=["SCH"]),
        "reading, rules, schema": checking(data),
    }
    warm = checking(made_releases(20, seed=1))
    return {name: seconds * 1e6 / len(data) for name, seconds in least(works, warm).items()}


def walls(
    commands: Mapping[str, tuple[str, ...]], rounds: int = 15
) -> dict[str, tuple[float, float]]:
    """The shortest and the median wall time of each command, in milliseconds, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, *command], capture_output=True, check=False, env=ENVIRONMENT
            )
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: (min(some), statistics.median(some)) for name, some in times.items()}


def measure_start(data: bytes) -> dict[str, tuple[float, float]]:
    """Wall times of whole commands, by what they are."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "release.md"
        file.write_bytes(data)
        clean = ROOT / "seeds" / "northbridge-clean.md"
        return walls({
            "python -c pass": ("-c", "pass"),
            "python -c 'import yaml'": ("-c", "import yaml"),
            "ogcheck --version": ("-m", "ogcheck", "--version"),
            "ogcheck check ONE_FILE, with problems": ("-m", "ogcheck", "check", str(file)),
            "ogcheck check ONE_FILE, clean": ("-m", "ogcheck", "check", str(clean)),
        })  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure and print."""
    folder = Path(arguments[0]) if arguments else CORPUS if CORPUS.is_dir() else None
    name, data = releases(folder)
    costs = measure_loop(data)
    over = costs["reading, rules, schema"] > RELEASE_BUDGET_US
    print(f"{name}: {len(data):,} releases, processor time, least of {ROUNDS} rounds")
    for what, cost in costs.items():
        limit = ""
        if what == "reading, rules, schema":
            limit = f"  (budget {RELEASE_BUDGET_US:.0f}){'  OVER' * over}"
        times = cost / costs["yaml.compose alone"]
        print(f"  {what:24}{cost:6.0f} us a release{times:6.2f} x{limit}")
    start = measure_start(data[len(data) // 2])
    bare = start["python -c 'import yaml'"][0]
    budget = START_FACTOR * bare + START_EXTRA_MS
    print("\nwhole commands, best and median of 15, and beside import yaml")
    for what, (low, middle) in start.items():
        late = "ONE_FILE" in what and low > budget
        limit = f"  (budget {budget:.0f})" if "ONE_FILE" in what else ""
        print(f"  {what:40}{low:6.0f} ms {middle:6.0f} ms {low / bare:5.1f} x{limit}"
              f"{'  OVER' if late else ''}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
