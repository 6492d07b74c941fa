"""The cache: what it gives back, what makes it ask again, and how little it may disturb."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from ogcheck.engine.cache import FILE, FOLDER
from ogcheck.reports import FORMATS

Cli = Callable[..., Any]

HOUSE = '''
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import house_words
from ogcheck import Finding, Rule, Severity


class House(Rule):
    """Says what pages it is called for."""

    code = "HOUSE001"
    name = "house-rule"
    severity = Severity.WARNING

    def check(self, page, context):
        with open(Path(__file__).parent / "called", "a") as called:
            called.write(page.source.path + "\\n")
        yield Finding("HOUSE001", house_words.WORDS, 0, 1)


RULES = (House,)
'''
SCHEMA = '{"type": "object", "properties": {"og": {"$ref": "og.json"}}}'


@pytest.fixture
def kept(site: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The site, checked once with its cache; a plugin notes the pages that are checked."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    (site / "house.py").write_text(HOUSE)
    (site / "house_words.py").write_text('WORDS = "So it is."\n')
    (site / "own.json").write_text(SCHEMA)
    (site / "og.json").write_text('{"maxProperties": 9}')
    # Nothing else tells what d6 is built with.
    (site / "d6" / "hugo.toml").write_text('title = "Ours"\nbaseURL = "https://a.example/"\n')
    with (site / "ogcheck.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write('plugins = ["house.py"]\n' + text)
        file.write('[[schemas]]\nfiles = ["d0/**", "d1/**"]\nschema = "own.json"\n')
    assert cli("check").status == 1
    (site / "called").unlink()
    yield site
    sys.modules.pop("house_words")


def called(site: Path) -> list[str]:
    """The pages that were checked since it was last asked."""
    file = site / "called"
    names = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return names


def check(cli: Cli, *options: str) -> Any:
    return cli("check", "--format", "json", *options)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_known_is_said_again_and_not_checked(cli: Cli, kept: Path, jobs: str) -> None:
    for name in FORMATS:
        order = ("check", "--verbose", "--format", name, "--jobs", jobs)
        anew = cli(*order, "--no-cache")
        assert len(called(kept)) > 100
        assert cli(*order) == anew
        assert called(kept) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_changed_is_checked_and_the_rest_is_known(cli: Cli, kept: Path, jobs: str) -> None:
    changed = ["d1/001.toml", "d2/010.html", "d6/126.md", "d7/127.md"]
    for name in changed:
        text = (kept / name).read_text()
        (kept / name).write_text(text.replace("more", "less") + "\n")
    (kept / "d3" / "083.md").unlink()
    (kept / "d4" / "new.md").write_text("---\nog_title: a &amp; b\n---\n")
    half = check(cli, "--jobs", jobs)
    assert called(kept) == [*sorted([*changed, "d4/new.md"])]
    assert check(cli, "--no-cache") == half


def test_a_file_that_was_only_touched_is_known(cli: Cli, kept: Path) -> None:
    for number in range(100):
        for path in kept.glob(f"d*/{number:03}.*"):
            os.utime(path)
    check(cli)
    assert called(kept) == []


def test_a_change_that_keeps_size_and_time_is_seen(cli: Cli, kept: Path) -> None:
    path = kept / "d6" / "126.md"
    was = path.stat()
    before = check(cli)
    path.write_bytes(path.read_bytes().replace(b"&amp;b", b"&and;b"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (was.st_size, was.st_mtime_ns)
    after = check(cli)
    assert called(kept) == ["d6/126.md"]
    assert after.out != before.out
    assert after == check(cli, "--no-cache")


def add(name: str, text: str) -> Callable[[Path], tuple[str, ...]]:
    """Something that is appended to a file; and no option."""

    def change(site: Path) -> tuple[str, ...]:
        with (site / name).open("a") as file:
            file.write(text)
        return ()

    return change


def put(name: str, text: str) -> Callable[[Path], tuple[str, ...]]:
    def change(site: Path) -> tuple[str, ...]:
        (site / name).write_text(text)
        return ()

    return change


def first_line(text: str) -> Callable[[Path], tuple[str, ...]]:
    def change(site: Path) -> tuple[str, ...]:
        file = site / "ogcheck.toml"
        file.write_text(text + "\n" + file.read_text())
        return ()

    return change


def option(*options: str) -> Callable[[Path], tuple[str, ...]]:
    return lambda _: options


def without_generator(site: Path) -> tuple[str, ...]:
    (site / "d6" / "hugo.toml").unlink()
    return ()


CHANGES: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "a rule's severity": add("ogcheck.toml", '[severity]\nTXT010 = "error"\n'),
    "a preset": first_line('preset = "release"'),
    "a time zone": first_line('timezone = "Europe/London"\npreset = "release"'),
    "an override": add("ogcheck.toml", '[[overrides]]\nfiles = ["d6/**"]\nignore = ["TXT"]\n'),
    "a configuration below": put("d6/ogcheck.toml", 'select = ["TXT", "HOUSE"]\n'),
    "an option": option("--ignore", "TXT010"),
    "notes": option("--notes"),
    "the generator's configuration": put("d6/hugo.toml", 'title = "Theirs"\n'),
    "no generator any more": without_generator,
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_answer_hangs_on_makes_it_ask_again(cli: Cli, kept: Path, name: str) -> None:
    before = check(cli)
    options = CHANGES[name](kept)
    after = check(cli, *options)
    assert called(kept) != []
    assert after == check(cli, *options, "--no-cache")
    if name not in ("a time zone", "the generator's configuration", "no generator any more"):
        assert after.out != before.out
    called(kept)
    assert check(cli, *options) == after
    assert called(kept) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("house.py", HOUSE.replace("WARNING", "ERROR")),
        ("house_words.py", 'WORDS = "So it was."\n'),
        ("own.json", SCHEMA.replace("object", "string")),
        ("og.json", '{"maxProperties": 1}'),
    ],
)
def test_files_that_judge_count_by_content(shell: Cli, kept: Path, name: str, text: str) -> None:
    before = check(shell)
    called(kept)
    assert check(shell) == before
    assert called(kept) == []
    was = (kept / name).stat()
    (kept / name).write_text(text)
    os.utime(kept / name, ns=(was.st_atime_ns, was.st_mtime_ns))
    shutil.rmtree(kept / "__pycache__", ignore_errors=True)
    after = check(shell)
    assert len(called(kept)) > (100 if name.endswith(".py") else 30)
    assert after.out != before.out
    assert after == check(shell, "--no-cache")


def test_another_folder_to_run_in(cli: Cli, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept / "d6")
    order = ("--cache-dir", f"../{FOLDER}", "../d6", "../d0", "../d1", "../d2")
    assert check(cli, *order) == check(cli, *order[2:], "--no-cache")


def test_what_hangs_on_the_clock_is_not_kept(cli: Cli, site: Path) -> None:
    for number in range(80):
        (site / "d1" / f"late-{number:02}.md").write_text(
            "---\nog_title: x\narticle:published_time: 2962-03-26T09:26:00+00:00\n---\n"
        )
    for now in ("2962-03-25T09:26:00Z", "2962-03-28T09:26:00Z", "2962-03-25T09:26:00Z"):
        order = ("check", "--format", "concise", "--now", now)
        done = cli(*order)
        assert done.out.count("DAT006") == (80 if "-25T" in now else 0)
        assert done == cli(*order, "--no-cache")


def test_what_hangs_on_other_files_is_not_kept(cli: Cli, site: Path) -> None:
    (site / "static").mkdir()
    with (site / "ogcheck.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write('static-dirs = ["static"]\n' + text)
    for number in range(80):
        (site / "d1" / f"own-{number:02}.md").write_text(
            f"---\nog_title: x\nog_image: https://a.example/{number}.jpg\n---\n"
        )
    order = ("check", "--select", "IMG107", "--format", "concise")
    for there in (0, 30):
        for number in range(there):
            (site / "static" / f"{number}.jpg").touch()
        done = cli(*order)
        assert done.out.count("IMG107") == there  # the image is empty
        assert done == cli(*order, "--no-cache")


def rows(folder: Path) -> int:
    with sqlite3.connect(folder / FOLDER / FILE) as database:
        return int(database.execute("SELECT count(*) FROM pages").fetchone()[0])


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (a)")


def older(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 0")


def triggered(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TRIGGER t AFTER INSERT ON keys BEGIN DELETE FROM pages; END")


def scribbled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 20_000)


def unspeakable(path: Path) -> None:
    """What SQLite says of this table quotes a byte that is no text."""
    data = path.read_bytes()
    at = data.index(b"CREATE TABLE pages") - 9
    path.write_bytes(data[:at] + b"\xa8" + data[at + 1 :])


def other_types(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE pages SET record = 'x', content = 7, size = 'x', modified = NULL")


def no_records(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE pages SET record = x'3120302031203100'")


BROKEN: dict[str, Callable[[Path], Any]] = {
    "half": half,
    "no database": lambda path: path.write_bytes(b"hello" * 1000),
    "empty": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
    "another's": foreign,
    "older": older,
    "a trigger": triggered,
    "scribbled over": scribbled,
    "a byte that is no text": unspeakable,
    "other types": other_types,
    "no records": no_records,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_cache_is_made_anew(cli: Cli, kept: Path, name: str) -> None:
    anew = check(cli, "--no-cache")
    was = rows(kept)
    BROKEN[name](kept / FOLDER / FILE)
    assert check(cli) == anew
    called(kept)
    # What was broken only inside is taken away by the run that meets it.
    assert check(cli) == anew
    called(kept)
    assert check(cli) == anew
    assert called(kept) == []
    assert rows(kept) == was


@pytest.mark.parametrize("kind", ["a file", "a folder in its place", "a link", "nowhere"])
def test_without_a_place_for_it_the_run_goes_on(cli: Cli, kept: Path, kind: str) -> None:
    anew = check(cli, "--no-cache")
    shutil.rmtree(kept / FOLDER)
    options: tuple[str, ...] = ()
    match kind:
        case "a file":
            (kept / FOLDER).write_text("mine")
        case "a folder in its place":
            (kept / FOLDER / FILE / "x").mkdir(parents=True)
        case "a link":
            (kept / "elsewhere").mkdir()
            (kept / FOLDER).symlink_to("elsewhere")
        case "nowhere":
            options = ("--cache-dir", "ogcheck.toml/cache")
    assert check(cli, *options) == anew
    if kind == "a file":
        assert (kept / FOLDER).read_text() == "mine"
    if kind == "a link":
        assert list((kept / "elsewhere").iterdir()) == []


def weakened() -> list[str]:
    """What takes root's right to write anywhere from a command; skips where nothing does."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write anywhere, and there is no setpriv")
    return [setpriv, "--bounding-set", "-dac_override"]


@pytest.mark.skipif(os.name != "posix", reason="no such permissions")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_written(cli: Cli, kept: Path, is_there: bool) -> None:
    anew = check(cli, "--no-cache")
    called(kept)
    if not is_there:
        shutil.rmtree(kept / FOLDER)
    (kept / "called").touch()
    command = [*weakened(), sys.executable, "-m", "ogcheck", "check", "--format", "json"]
    places = [kept / FOLDER / FILE, kept / FOLDER, kept] if is_there else [kept]
    modes = [place.stat().st_mode for place in places]
    try:
        for place in places:
            place.chmod(0o444 if place.is_file() else 0o555)
        done = subprocess.run(command, cwd=kept, capture_output=True, text=True, check=False)
    finally:
        for place, mode in reversed(list(zip(places, modes, strict=True))):
            place.chmod(mode)
    assert (done.returncode, done.stdout, done.stderr) == anew
    assert (called(kept) == []) is is_there


@pytest.mark.skipif(os.name != "posix", reason="no such limit")
def test_a_disk_that_is_full(shell: Cli, kept: Path) -> None:
    """A limit of a file's size stands for it: no write beyond it gets through."""
    anew = shell("check", "--no-cache", "--format", "concise")
    shutil.rmtree(kept / FOLDER)
    done = subprocess.run(
        [sys.executable, "-m", "ogcheck", "check", "--format", "concise"],
        cwd=kept, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True,
        text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (12_288, 12_288)),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == anew
    assert shell("check", "--format", "concise") == anew


def test_two_runs_at_once(kept: Path, cli: Cli) -> None:
    anew = check(cli, "--no-cache")
    for _ in range(3):
        shutil.rmtree(kept / FOLDER)
        order = [sys.executable, "-m", "ogcheck", "check", "--format", "json"]
        runs = [
            subprocess.Popen(order, cwd=kept, stdout=PIPE, stderr=PIPE, text=True) for _ in range(3)
        ]
        for run in runs:
            out, err = run.communicate(timeout=60)
            assert (run.returncode, out, err) == anew
    called(kept)
    assert check(cli) == anew
    assert called(kept) == []


def test_a_run_that_is_killed_leaves_a_cache_that_works(kept: Path, cli: Cli) -> None:
    anew = check(cli, "--no-cache")
    shutil.rmtree(kept / FOLDER)
    order = [sys.executable, "-m", "ogcheck", "check", "--format", "concise"]
    with subprocess.Popen(order, cwd=kept, stdout=PIPE, stderr=PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.read(1)
        run.send_signal(signal.SIGKILL)
    assert check(cli) == anew
    called(kept)
    assert check(cli) == anew
    assert called(kept) == []


def test_where_there_is_none(cli: Cli, site: Path) -> None:
    cli("check", "d1", "d2")  # few files
    cli("check", "--isolated")
    cli("check", "--no-cache")
    cli("check", "-", stdin="---\ntitle: x\n---\n")
    cli("check", "--diff")
    cli("check", "--show-files")
    assert not (site / FOLDER).exists()
    (site / "ogcheck.toml").write_text("cache = false\n")
    cli("check")
    assert not (site / FOLDER).exists()


def test_where_it_is(cli: Cli, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("check", "--isolated", "--cache-dir", "one")
    (site / "ogcheck.toml").write_text('cache = "two"\n')
    monkeypatch.chdir(site / "d1")
    cli("check", "..")
    monkeypatch.chdir(site)
    (site / "ogcheck.toml").write_text("cache = true\n")
    monkeypatch.chdir(site / "d1")
    cli("check", "..")
    for name in ("one", "two", FOLDER):
        assert sorted(one.name for one in (site / name).iterdir()) == [".gitignore", FILE]
    for name in ("one", "two"):
        assert (site / name / ".gitignore").read_text().splitlines()[-1] == "*"


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--no-cache", "--cache-dir", "x"), "name one of them"), (("--cache-dir", " "), "no folder")],
)
def test_options_that_do_not_fit(cli: Cli, site: Path, options: tuple[str, ...], said: str) -> None:
    done = cli("check", *options)
    assert (done.status, said in done.err) == (2, True)


def test_clean(cli: Cli, kept: Path) -> None:
    assert cli("clean") == (0, "", f"Removed {FOLDER}.\n")
    assert not (kept / FOLDER).exists()
    assert cli("clean") == (0, "", f"There is no cache in {FOLDER}.\n")
    cli("check")
    (kept / FOLDER / "mine").write_text("x")
    cli("clean")
    assert sorted(one.name for one in (kept / FOLDER).iterdir()) == [".gitignore", "mine"]
    cli("check", "--cache-dir", "other")
    assert cli("clean", "--cache-dir", "other").err == "Removed other.\n"
    assert not (kept / "other").exists()


def test_clean_takes_nothing_else_away(cli: Cli, kept: Path) -> None:
    assert cli("clean", "--cache-dir", "d1").err == "There is no cache in d1.\n"
    assert (kept / "d1" / "001.toml").exists()
    (kept / "link").symlink_to(FOLDER)
    assert cli("clean", "--cache-dir", "link").err == "There is no cache in link.\n"
    assert (kept / FOLDER / FILE).exists()
    (kept / "empty").mkdir()
    cli("clean", "--cache-dir", "empty")
    assert (kept / "empty").exists()


def test_old_keys_are_forgotten(cli: Cli, site: Path) -> None:
    for number in range(30):
        cli("check", "--ignore", "TXT010", "--config", f"site-name='{number}'")
    with sqlite3.connect(site / FOLDER / FILE) as database:
        (count,) = database.execute("SELECT count(*) FROM keys").fetchone()
        (owners,) = database.execute("SELECT count(DISTINCT key) FROM pages").fetchone()
    assert count == owners < 30


def test_its_files_are_no_pages_and_git_ignores_them(cli: Cli, kept: Path) -> None:
    assert FOLDER not in cli("check", "--show-files").out
    (kept / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=kept, check=True)
    said = subprocess.run(
        ["git", "status", "--porcelain", "-uall"],
        cwd=kept,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "ogcheck.toml" in said
    assert FOLDER not in said
