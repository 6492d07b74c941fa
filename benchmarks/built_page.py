"""What an HTML page costs: decoding, turbohtml alone, reading, and all rules; and its memory.

    python benchmarks/built_page.py [FOLDER ...]

The folders hold built pages (``../shared/corpus/pages`` and the pages of ``built-site`` where they
are there); without any, pages are made from a fixed seed. Times are the least processor time of
several rounds over files that are read from disk in each; every cache of ogcheck is emptied before,
and warmed with other pages. Memory is the peak of processes that check the same pages once and five
times over. A figure over its budget is marked; only memory that
grows with the pages makes the exit status 1.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import turbohtml

from ogcheck.config import Resolver
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.run import run
from ogcheck.readers import read
from ogcheck.source import Source

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.made import WORDS, html_page
from benchmarks.release import ROOT, ROUNDS, least

CORPUS = ROOT.parent / "shared" / "corpus"
PAGES_A_SECOND = 700.0
GROWTH_MB = 8.0
"""What five times the pages may take beyond once: noise, no growth."""


def made_pages(folder: Path, count: int = 120, seed: int = 20261125) -> list[Path]:
    """Pages in the size and shape of newsrooms' own, written into ``folder``."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    made = []
    for number in range(count):
        title = " ".join(chance.sample(WORDS, 7)).capitalize()
        address = f"https://www.northbridge.example/news/{number}/"
        text = " ".join(chance.choices(WORDS, k=20)).capitalize()
        metas = {"og:title": title, "og:url": address, "og:type": "article", "og:description": text,
                 "og:image": f"{address}b.jpg?w=1200&amp;h=630", "og:image:width": "1200",
                 "og:image:height": "630", "og:site_name": "Northbridge News",
                 "article:published_time": "2026-03-26T09:30:00+00:00"}  # fmt: skip
        data = f'{{"@type":"NewsArticle","headline":"{title}"}}'
        script = f'<script type="application/ld+json">{data}\n</script></head>'
        texts = (" ".join(chance.choices(WORDS, k=60)) for _ in range(120))
        path = folder / f"{number}.html"
        path.write_text(html_page(title, address, metas, texts, script), "utf-8")
        made.append(path)
    return made


def pages(folders: Iterable[Path]) -> list[Path]:
    """The HTML files below ``folders``."""
    return [path for folder in folders for path in sorted(folder.rglob("*.html"))]


def checking(paths: list[Path], times: int = 1) -> Callable[[], None]:
    """What checks files from disk to problems, as a run does."""
    checker = Checker(Resolver(Path.cwd(), isolated=True), datetime.now(UTC), notes=False)

    def work() -> None:
        for _ in range(times):
            for _outcome in run((Found(str(path), path.name) for path in paths), checker):
                pass

    return work


def measure(paths: list[Path], warm: list[Path]) -> dict[str, float]:
    """Microseconds a page, by how far it goes."""

    def decoding() -> None:
        for path in paths:
            Source.from_bytes(path.name, path.read_bytes())

    def parsing() -> None:
        for source in sources:
            turbohtml.parse(source.text, source_locations=True, scripting=True)

    def reading() -> None:
        for source in sources:
            read(source)

    sources = [Source.from_bytes(path.name, path.read_bytes()) for path in paths]
    works = {
        "disk, decoding": decoding,
        "turbohtml alone": parsing,
        "reading (turbohtml in it)": reading,
        "from disk to problems": checking(paths),
    }
    costs = least(works, checking(warm))
    return {name: seconds * 1e6 / len(paths) for name, seconds in costs.items()}


def peak(folders: list[Path], times: int) -> float:
    """The most memory, in MB, of a process that checks the pages ``times`` over."""
    command = [sys.executable, __file__, f"--peak={times}", *map(str, folders)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def main(arguments: list[str]) -> int:
    """Measure, print, and say whether memory grows."""
    if arguments and arguments[0].startswith("--peak="):
        times = int(arguments[0].removeprefix("--peak="))
        checking(pages(map(Path, arguments[1:])), times)()
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        made = made_pages(Path(scratch))
        folders = [Path(one) for one in arguments]
        if not folders and CORPUS.is_dir():
            folders = [CORPUS / "pages", CORPUS / "built-site" / "content"]
        folders = folders or [Path(scratch)]
        paths = pages(folders)
        size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        print(f"{len(paths)} pages of {size:.0f} KB, processor time, least of {ROUNDS} rounds")
        costs = measure(paths, made[:20])
        for what, cost in costs.items():
            print(f"  {what:28}{cost:7.0f} us a page")
        rate = 1e6 / costs["from disk to problems"]
        over = rate < PAGES_A_SECOND
        print(f"  {rate:.0f} pages a second (budget {PAGES_A_SECOND:.0f}){'  OVER' * over}")
        once, often = peak(folders, 1), peak(folders, 5)
        grows = often - once > GROWTH_MB
        print(f"  {once:.0f} MB at most; five times over {often:.0f} MB{'  GROWS' * grows}")
    return int(grows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
