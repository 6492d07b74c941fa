"""Bad input, each with a problem or a clear error; never a traceback, a dead process, or a wait."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from yaml import _yaml

from ogcheck.reports import FORMATS

Cli = Callable[..., Any]


class Bad(NamedTuple):
    """Bytes of a file, and what is said of it: ``line:column CODE``, or why it is no page."""

    content: bytes
    said: tuple[str, ...] = ()
    name: str = "a.md"
    message: str = ""


def page(text: str, *said: str, name: str = "a.md", message: str = "") -> Bad:
    return Bad(f"---\n{text}\n---\n".encode("utf-8", "surrogateescape"), said, name, message)


def laughs(items: str, form: str) -> str:
    """Ten levels of nine aliases each to the level below."""
    lines = [f"a0: &a0 {items}"]
    for level in range(1, 10):
        aliases = ",".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} {form.replace('@', aliases)}")
    return "\n".join(lines)


WHOLE = "---\ntitle: x\n---\n"
# From 0.2.6, libyaml's scanner has a limit of its own, and stops behind ours.
LIBYAML = tuple(map(int, _yaml.get_version_string().split(".")))
LISTS = "2:1003 FM009" if LIBYAML >= (0, 2, 6) else "2:103 FM009"

CASES = {
    "invalid UTF-8": Bad(b"---\ntitle: caf\xe9\n---\n", ("2:11 FM006",), message="Byte 14 (0xE9)"),
    "invalid UTF-8 in the body": Bad(b"---\ntitle: x\n---\n\xff\n", ("4:1 FM006",)),
    "half a character pair": Bad(b"---\ntitle: \xed\xa0\x80\n---\n", ("2:8 FM006",)),
    "UTF-16 with a mark": Bad(WHOLE.encode("utf-16"), ("1:1 FM006",), message="UTF-16"),
    "UTF-16 of the other order": Bad(b"\xfe\xff" + WHOLE.encode("utf-16-be"), ("1:1 FM006",)),
    "UTF-16 without a mark": Bad(WHOLE.encode("utf-16-le"), ("1:1 FM006",), message="UTF-16"),
    "UTF-16 big-endian without a mark": Bad(WHOLE.encode("utf-16-be"), ("1:1 FM006",)),
    "UTF-16 in YAML": Bad("og:\n  title: x\n".encode("utf-16"), ("1:1 FM006",), "a.yml"),
    "UTF-32": Bad(WHOLE.encode("utf-32"), ("1:1 FM006",), message="UTF-32"),
    "NUL": page("title: a\0b", "2:9 FM006", message="NUL"),
    "NUL in the body": Bad(b"---\ntitle: x\n---\na\0b\n", ("4:2 FM006",)),
    "empty": Bad(b"", message="it has no front matter"),
    "empty YAML": Bad(b"", name="a.yml", message="it holds no share metadata"),
    "a mark and nothing": Bad(b"\xef\xbb\xbf", message="it has no front matter"),
    "empty lines": Bad(b"\n\n\n", message="it has no front matter"),
    "a fence and nothing": Bad(b"---", message="it has no front matter"),
    "never closed": Bad(b"---\ntitle: x\n", ("1:1 FM005",)),
    "never closed after a colon": Bad(b"---\ntitle:", ("1:1 FM005",)),
    "code fence never closed": Bad(b"```yaml\nog:\n  title: x\n", ("1:1 FM005",)),
    "quotation mark never closed": page('title: "x', "2:8 FM002"),
    "bracket never closed": page("og:\n  title: [", "4:1 FM002"),
    "duplicate keys": page("title: a\ntitle: b", "3:1 FM003"),
    "a tab": page("og:\n\ttitle: x", "3:1 FM002", message="A tab stands where"),
    "keys that are no text": page("1: a\n2.5: b\ntrue: c\nnull: d\ntitle: x"),
    "keys that are lists": page("title: x\n[a, b]: x", "3:1 FM002"),
    "keys that are mappings": page("{a: b}: x\ntitle: x", "2:1 FM002"),
    "keys that are blocks": page("? - x\n: y\ntitle: x", "2:3 FM002"),
    "a list": page("# x\n- a\n- b", "3:1 FM004"),
    "several documents": Bad(b"og:\n  title: a\n---\nog:\n  title: b\n", ("3:1 FM002",), "a.yml"),
    "an unknown alias": page("a: *b", "2:4 FM002"),
    "a tag that runs code": page(
        "x: !!python/object/apply:os.system ['touch pwned']", "2:4 FM002",
        message="The tag !!python/object/apply:os.system is unknown",
    ),
    "a tag that names a function": page("og:\n  title: !!python/name:os.system x", "3:10 FM002"),
    "a day that is none, as a date": page("title: x\ndate: 2017-02-29", "3:7 DAT005"),
    "a day that is none, elsewhere": page("title: x\nreviewed: 2017-02-29", "3:11 FM010"),
    "a month that is none": page("title: x\nreviewed: 9999-99-99", "3:11 FM010"),
    "an anchor in a loop": page("title: x\na: &a [*a]", "3:8 FM009", message="endless"),
    "a mapping in a loop": page("a: &a {b: &b {c: *a, d: *b}}", "2:18 FM009"),
    "a merge key in a loop": page("a: &a {<<: *a, title: x}", "2:12 FM009"),
    "billion laughs": page(laughs("[x,x,x,x,x,x,x,x,x]", "[@]"), "6:14 FM009"),
    "billion laughs by merging": page(laughs("{x: 1}", "{<<: [@]}"), "6:43 FM009"),
    "100,000 lists": page("a: " + "[" * 100_000 + "]" * 100_000, LISTS),
    "100,000 lists never closed": page("a: " + "[" * 100_000, LISTS),
    "100,000 mappings": page("a: " + "{a: " * 100_000 + "}" * 100_000, "2:400 FM009"),
    "100,000 items in items": page("a:\n" + "- " * 100_000, "3:199 FM009"),
    "100,000 keys in keys": page("? " * 100_000, "2:201 FM009"),
    "2,000 blocks in blocks": page(
        "\n".join(" " * i + "a:" for i in range(2_000)), "102:101 FM009"
    ),
    "30,000 keys": page("\n".join(f"k{i}: x" for i in range(30_000)), "10001:8 FM009"),
    "a number of 5,000 digits": page("weight: " + "9" * 5_000),
    "numbers of no size": page("a: .inf\nb: .nan\nc: 1e999\nd: 1" + ":59" * 5_000),
    "a control character": page("title: a\x01b", "2:9 FM002", message="U+0001"),
}  # fmt: skip


@pytest.mark.parametrize("bad", CASES.values(), ids=CASES.keys())
def test_content(cli: Cli, folder: Path, bad: Bad) -> None:
    (folder / bad.name).write_bytes(bad.content)
    done = cli("check", bad.name, "--format", "concise", "--verbose")
    found = re.findall(r":(\d+:\d+): \w+ (\w+) ", done.out)
    assert tuple(f"{place} {code}" for place, code in found) == bad.said
    assert done.status == bool(bad.said)
    assert bad.message in (done.out or done.err)
    assert "OGX001" not in done.out
    assert "internal error" not in done.err
    assert not (folder / "pwned").exists()


@pytest.mark.parametrize("name", ["a.md", "a.yml"])
@pytest.mark.parametrize("kind", ["lines", "one line", "a hole"])
def test_fifty_megabytes(cli: Cli, folder: Path, name: str, kind: str) -> None:
    with (folder / name).open("wb") as file:
        file.write(b"og:\n  title: x\n" if name == "a.yml" else b"---\ntitle: x\n")
        if kind == "lines":
            file.write(b"k: v &amp; w\n" * 4_000_000)
        elif kind == "one line":
            file.write(b"k: " + b"[a " * 17_000_000)
        else:
            file.write(b"---\n" if name == "a.md" else b"")
            file.truncate(50_000_000)
    start = time.process_time()
    done = cli("check", "--format", "concise")
    assert done.status == 1
    assert re.match(
        rf"{name}:1:1: error FM009 The file is 5\d,\d{{3}},\d{{3}} bytes long", done.out
    )
    assert time.process_time() - start < 5


def test_a_large_file_that_is_no_page_is_passed_over(cli: Cli, folder: Path) -> None:
    with (folder / "a.md").open("wb") as file:
        file.truncate(50_000_000)
    assert cli("check") == (0, "", "No problems in 1 file (not a page).\n")


def test_links_pipes_and_folders(shell: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(WHOLE)
    (folder / "x.md").mkdir()
    (folder / "x.md/b.md").write_text(WHOLE)
    (folder / "dangling.md").symlink_to("nowhere")
    (folder / "one.md").symlink_to("two.md")
    (folder / "two.md").symlink_to("one.md")
    (folder / "d").mkdir()
    (folder / "d/up").symlink_to("..")
    (folder / "d/self").symlink_to(".")
    (folder / "link.md").symlink_to("a.md")
    os.mkfifo(folder / "fifo.md")
    done = shell("check", "--format", "concise")
    assert done.status == 1
    assert done.out.splitlines() == [
        "dangling.md:1:1: error OGX004 The file cannot be read: it is a symbolic link to a file "
        "that is not there.",
        "one.md:1:1: error OGX004 The file cannot be read: it is a symbolic link in a loop.",
        "two.md:1:1: error OGX004 The file cannot be read: it is a symbolic link in a loop.",
    ]
    assert shell("check", "--show-files").out.split() == [
        "a.md", "dangling.md", "link.md", "one.md", "two.md", "x.md/b.md",
    ]  # fmt: skip
    named = shell("check", "dangling.md", "one.md", "--format", "concise")
    assert (named.status, named.out.count("OGX004")) == (1, 2)
    assert shell("check", "x.md", "d", "--show-files").out == "x.md/b.md\n"
    (folder / "zero.md").symlink_to("/dev/zero")
    pipes = shell("check", "fifo.md", "zero.md", "--format", "concise")
    assert pipes.out.splitlines() == [
        f"{name}.md:1:1: error OGX004 The file cannot be read: it is a pipe, a socket or a device."
        for name in ("fifo", "zero")
    ]


def test_a_pipe_says_what_git_ignores_as_little_as_nothing(shell: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(WHOLE)
    os.mkfifo(folder / ".gitignore")
    assert shell("check", "--show-files").out == "a.md\n"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no /proc")
def test_a_file_that_cannot_be_read(cli: Cli, folder: Path) -> None:
    (folder / "a.md").symlink_to(
        "/proc/self/mem"
    )  # opens, and fails at the first byte, root or not
    done = cli("check", "--format", "concise")
    assert done.status == 1
    assert "a.md:1:1: error OGX004 The file cannot be read: input/output error." in done.out
    left_out = cli("check", "--ignore", "OGX004", "--verbose")
    assert (left_out.status, left_out.out) == (0, "")
    assert "it cannot be read" in left_out.err


def test_folders_deeper_than_calls(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(1_200):
        Path("d").mkdir()
        monkeypatch.chdir("d")
    Path("a.md").write_text("---\ntitle: a &amp; b\n---\n")
    monkeypatch.chdir(folder)
    assert "a.md:2:10: warning TXT010" in cli("check", "--format", "concise").out
    remove_deep(folder)


def remove_deep(folder: Path) -> None:
    """Take apart what pytest's clean-up would recurse into."""
    path = "d"
    while os.path.isdir(f"{path}/d"):
        Path(f"{path}/d").rename(folder / "next")
        for entry in os.listdir(path):
            Path(f"{path}/{entry}").unlink()
        Path(path).rmdir()
        (folder / "next").rename(path)


def test_missing_paths(cli: Cli, folder: Path) -> None:
    for path in ("nope.md", "", "a/b/c", "a" * 5_000, "\x1b[31m", "caf\udce9.md"):
        done = cli("check", path) if path else cli("check", "x" * 300)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith("ogcheck: ")
        assert "\x1b" not in done.err


ODD_NAMES = (
    b"-dash.md", b"--help.md", b"a b.md", b"new\nline.md", b"esc\x1b[31m.md", b"caf\xe9.md",
    "rtl\u202edm.md".encode(), b"quote'\".md", b"%s{}.md", b"*.md",
)  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_file_names(shell: Cli, folder: Path, name: bytes) -> None:
    (folder / os.fsdecode(name)).write_text("---\ntitle: a &amp; b\n---\n")
    for options in (("--", name), (b".",), (b"./" + name,)):
        done = shell("check", "--format", "concise", *options)
        assert (done.status, done.out.count("TXT010"), done.out.count("\n")) == (1, 1, 1)
        assert not set(done.out) & {"\x1b", "\u202e"}
        done.out.encode()
    assert shell("check", "--show-files").out.count("\n") == 1
    (folder / "reports").mkdir()
    several = [f"--format={form}:reports/{form}" for form in FORMATS]
    assert shell("check", "-q", *several).status == 1
    for form in FORMATS:  # in every format it is one place, and text
        report = (folder / "reports" / form).read_text("utf-8")
        assert "TXT010" in report
        assert not set(report) & {"\x1b", "\u202e"}
        assert "new\nline" not in report


@pytest.mark.parametrize("form", ["text", "concise", "json"])
@pytest.mark.parametrize(
    "text",
    [
        'title: "\\e[31mred &amp; \\a\\x9b"',
        'title: x\n"\\e[1mkey": &a [*a]',
        'title: x\nog:\n  "ti\\e]0;owned\\atle": x\n  url: "\\e[2J"',
        "title: \x1b[31m &amp; x",
        "\x1b[31mtitle: x",
        "title: a &amp; \u202edesrever\u2066",
        "title: x\n!!python/\x1b[31m: [",
    ],
)
def test_nothing_reaches_the_terminal_as_a_command(
    cli: Cli, folder: Path, form: str, text: str
) -> None:
    (folder / "a.md").write_text(f"---\n{text}\n---\n")
    for preset in ("generic", "release"):
        done = cli("check", "--format", form, "--preset", preset, "--notes")
        assert done.status == 1
        shown = set(done.out + done.err)
        assert not [c for c in shown if not c.isprintable() and c != "\n"]


@pytest.mark.parametrize(
    ("flags", "env"),
    [
        ((), {"LANG": "C", "LC_ALL": "C"}),
        ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ((), {"PYTHONIOENCODING": "ascii"}),
        ((), {"PYTHONIOENCODING": "latin-1"}),
        ((), {"COLUMNS": "1"}),
        ((), {"COLUMNS": "wide"}),
        (("-O",), {}),
        (("-OO",), {}),
        (("-W", "error"), {}),
        (("-X", "dev", "-W", "error"), {}),
        (("-bb",), {}),
        (("-I",), {}),
    ],
)
def test_any_environment(
    shell: Cli, folder: Path, flags: tuple[str, ...], env: dict[str, str]
) -> None:
    if flags == ("-I",):
        flags = ("-I", "-X", "utf8")
    (folder / "ogcheck.toml").write_text('exclude = ["[[a]"]\nsite-name = "Gwent – heddlu"\n')
    (folder / ".gitignore").write_text("bad\\\n!\n[z-a]\n[[a]\nignored.md\n")
    (folder / "a.md").write_text("---\ntitle: “Fish” &amp; 警告\ndate: 2017-02-29\n---\n")
    (folder / "ignored.md").write_text("---\ntitle: a &amp; b\n---\n")
    for arguments, status in (
        (("check",), 1),
        (("check", "--format", "json"), 1),
        (("check", "--preset", "release", "--notes"), 1),
        (("check", "--statistics"), 1),
        (("config", "a.md"), 0),
        (("rule", "TXT015"), 0),
        (("rules",), 0),
        (("schema", "release"), 0),
        ((), 0),
    ):
        done = shell(*arguments, flags=flags, **env)
        assert done.status == status, (arguments, done)
        assert done.out
        assert "Warning" not in done.err
    assert "警告" not in shell("check", PYTHONIOENCODING="ascii").out
    assert "TXT010" in shell("check", PYTHONIOENCODING="ascii").out
