"""What a whole site costs: 5,000 built pages, each with an image of its own on disk.

    python benchmarks/whole_site.py [PAGES]

The pages are made from a fixed seed into a temporary folder, every tenth with a fault of the site.
Memory is the peak of ``ogcheck check --site`` over all of them, of the process that reports and of
the largest worker. The cost of a page is processor time, the median over parts of the site, each of
which is checked as pages that know no site and as pages of one; to these the judging is added. What
is kept of a page until then is told by ``tracemalloc``. A figure over its budget is marked, and
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
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ogcheck.config import Resolver
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import files
from ogcheck.engine.run import run
from ogcheck.engine.site import Site
from ogcheck.rules.site_base import PageFacts
from ogcheck.testing import Picture

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.made import WORDS, html_page
from benchmarks.release import forget

PAGES = 5000
PART = 100
"""How many pages are measured at once."""
MEMORY_MB = 300.0
COST_FACTOR = 1.1
"""What a page of the site may cost, in costs of a page alone."""
KEPT_BYTES = 1000.0
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SITE = "https://www.northbridge.example"
CONFIGURATION = f'site-url = "{SITE}"\nbuild-dir = "."\n'


def make(folder: Path, count: int, seed: int = 20261125) -> None:
    """Write a site of ``count`` pages into ``folder``."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    (folder / "ogcheck.toml").write_text(CONFIGURATION, "utf-8")
    (folder / "media").mkdir()
    before = ""
    for number in range(count):
        title = " ".join(chance.sample(WORDS, 7)).capitalize()
        if number % 10 == 9:
            title = before  # two pages have one title
        before = title
        address = f"{SITE}/news/{number:05}/"
        text = " ".join(chance.choices(WORDS, k=18)).capitalize()
        image = f"/media/{number:05}.jpg"
        metas = {"og:title": title, "og:url": address, "og:type": "article",
                 "og:description": f"{text}.", "og:image": SITE + image, "og:image:width": "1200",
                 "og:image:height": "630", "og:site_name": "Northbridge News",
                 "og:image:alt": f"The picture of number {number}",
                 "article:published_time": "2026-03-26T09:30:00+00:00"}  # fmt: skip
        texts = (" ".join(chance.choices(WORDS, k=60)) for _ in range(20))
        page = folder / f"news/{number:05}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(html_page(title, address, metas, texts), "utf-8")
        (folder / image.lstrip("/")).write_bytes(bytes(Picture(1200, 630, "jpeg", weight=8000)))


def costs(folder: Path, count: int) -> tuple[float, float]:
    """Microseconds a page: of pages alone, and of those of the site, with judging it.

    Both go over the same pages in turns, a part of them at a time, the one or the other first.
    """
    whole = _checker(folder, site=True)
    site = Site(whole)
    found = list(files(["."], folder, whole.resolver))[:count]
    times: dict[bool, list[float]] = {False: [], True: []}
    for number, at in enumerate(range(0, len(found), PART)):
        part = found[at : at + PART]
        for is_site in (False, True) if number % 2 else (True, False):
            checker = whole if is_site else _checker(folder, site=False)
            forget()
            for _outcome in run(found[:10], _checker(folder, site=False)):  # warms
                pass
            gc.collect()
            start = time.process_time()
            for outcome in run(part, checker):
                if is_site:
                    site.add(outcome.found, outcome.facts)
            times[is_site].append((time.process_time() - start) / len(part))
    start = time.process_time()
    for _raised in site.problems():
        pass
    judging = (time.process_time() - start) / count
    alone, together = (statistics.median(one) for one in times.values())
    return alone * 1e6, (together + judging) * 1e6


def _checker(folder: Path, *, site: bool) -> Checker:
    return Checker(Resolver(folder), NOW, notes=False, site=site)


def kept(folder: Path, count: int) -> float:
    """Bytes that are kept of a page until the site is judged."""
    checker = _checker(folder, site=True)
    found = list(files(["."], folder, checker.resolver))[:count]
    facts = [(one.found, one.facts) for one in run(found, checker)]
    whole = Site(_checker(folder, site=True))
    # Names and facts are made anew, so that what stays of them is counted.
    gc.collect()
    tracemalloc.start()
    for one, fact in facts:
        copy = None if fact is None else PageFacts(*map(_copied, fact))
        whole.add(one._replace(shown=_copied(one.shown)), copy)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(found)


def _copied(value: Any) -> Any:
    """An object of its own with that value, where it is a text or bytes."""
    if isinstance(value, str):
        return "".join(list(value))
    return bytes(bytearray(value)) if isinstance(value, bytes) else value


def peak(folder: Path, jobs: int) -> tuple[float, float, str]:
    """The most memory of the reporting process in MB, that of a worker, and the last line said."""
    code = (
        "import resource, sys; from ogcheck.cli import main; "
        f"main(['check', '--site', '--jobs', '{jobs}', '--no-cache', '--exit-zero', '.']); "
        "print(*(resource.getrusage(who).ru_maxrss for who in "
        "(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, capture_output=True, check=True, text=True,
    )  # fmt: skip
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    own, workers = (int(one) / unit for one in done.stdout.split()[-2:])
    return own, workers, done.stderr.strip().splitlines()[-1]


def main(arguments: list[str]) -> int:
    """Measure, print, and say whether a budget is broken."""
    count = int(arguments[0]) if arguments else PAGES
    over = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve()
        make(folder, count)
        print(f"{count:,} pages with {count:,} images, {len(os.sched_getaffinity(0))} processors")
        for jobs in (1, 2):
            own, workers, said = peak(folder, jobs)
            is_over = max(own, workers) > MEMORY_MB
            over = over or is_over
            print(f"  {jobs} jobs: {own:.0f} MB, workers {workers:.0f} MB (budget {MEMORY_MB:.0f})"
                  f"{'  OVER' * is_over}: {said}")  # fmt: skip
        alone, together = costs(folder, count)
        is_over = together > alone * COST_FACTOR
        over = over or is_over
        print(f"  a page alone {alone:.0f} us, of the site {together:.0f} us: "
              f"{together / alone:.2f} (budget {COST_FACTOR}){'  OVER' * is_over}")  # fmt: skip
        size = kept(folder, count)
        is_over = size > KEPT_BYTES
        over = over or is_over
        print(f"  {size:.0f} bytes are kept of a page (budget {KEPT_BYTES:.0f})"
              f"{'  OVER' * is_over}")  # fmt: skip
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
