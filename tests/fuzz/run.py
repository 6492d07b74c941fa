"""Fuzz: ``python tests/fuzz/run.py [TARGET …] [--seconds N]``.

With atheris (coverage-guided, on libFuzzer) where it is installed, else with hypothesis, on the
same targets. What breaks a target is written to the folder of ``--found``; made small and moved to
``tests/fuzz/cases/TARGET/`` it stays a test. The exit status is 1 if anything broke.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzz import targets


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    every = f"what to fuzz: {', '.join(targets.TARGETS)}  [default: all]"
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=every)
    parser.add_argument("--seconds", type=int, default=30, help="for each target  [default: 30]")
    parser.add_argument("--found", type=Path, help="where to keep what breaks a target")
    parser.add_argument("--with", dest="driver", choices=("atheris", "hypothesis"),
                        help="the engine  [default: atheris where it is installed]")  # fmt: skip
    parser.add_argument("--guided", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    for name in asked.targets:
        if name not in targets.TARGETS:
            parser.error(f"there is no target {name}")
    driver = asked.driver or ("atheris" if importlib.util.find_spec("atheris") else "hypothesis")
    found = asked.found or Path(tempfile.mkdtemp(prefix="ogcheck-found-"))
    found.mkdir(parents=True, exist_ok=True)
    if asked.guided:
        guided(asked.targets[0], asked.seconds, found)
    broken = []
    for name in asked.targets or targets.TARGETS:
        print(f"== {name}: {asked.seconds} s with {driver}", flush=True)
        if driver == "hypothesis":
            is_whole = drawn(name, asked.seconds, found)
        else:  # libFuzzer ends the process that it runs in
            again = [sys.executable, __file__, name, "--guided", "--seconds", str(asked.seconds),
                     "--found", str(found)]  # fmt: skip
            is_whole = subprocess.run(again, check=False).returncode == 0
        if not is_whole:
            broken.append(name)
    print(f"broken: {', '.join(broken)}; see {found}" if broken else "nothing broke")
    return int(bool(broken))


def guided(name: str, seconds: int, found: Path) -> None:
    """One target under atheris; does not come back."""
    import atheris  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(targets.seeds(name)):
            (Path(folder) / str(number)).write_bytes(seed)
        # Imported late by ogcheck, which takes longer than a target may once all is traced.
        importlib.import_module("ogcheck.schema.explain")
        atheris.instrument_all()
        atheris.Setup(
            [name, folder, f"-max_total_time={seconds}", "-timeout=10", "-max_len=4096",
             "-rss_limit_mb=2048", "-print_final_stats=0", "-verbosity=0",
             f"-artifact_prefix={found}/{name}-"],
            lambda data: targets.run(name, data),
        )  # fmt: skip
        atheris.Fuzz()


def drawn(name: str, seconds: int, found: Path) -> bool:
    """One target under hypothesis; whether nothing broke."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    from tests.fuzz.strategies import inputs

    until = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < until:
        last = b""

        @seeded(random.SystemRandom().getrandbits(64))
        @settings(
            max_examples=300,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(inputs(name))
        def once(data: bytes) -> None:
            nonlocal last, tried
            last = data
            tried += 1
            targets.run(name, data)

        try:
            once()
        except Exception:
            traceback.print_exc()
            (found / f"{name}-{tried}").write_bytes(last)
            return False
    print(f"{tried} inputs")
    return True


if __name__ == "__main__":
    sys.exit(main())
