"""Every option of ``ogcheck check``, its exit statuses, and where its words go."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Cli = Callable[..., Any]

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas/report.schema.json").read_text("utf-8"))
SEED = ROOT / "seeds/six-men-arrested-following-operation-safenet-warrants.md"

BAD = "---\ntitle: Fish &amp; chips\n---\n"
"""One warning, TXT010."""
GOOD = "---\ntitle: Fish & chips\n---\n"
NOTED = "\ufeff---\nog_url: /a/\n---\n"
"""Two notes: a byte-order mark, and an address that the site's generator may complete."""


@pytest.fixture
def pages(folder: Path) -> Path:
    (folder / "bad.md").write_text(BAD)
    (folder / "good.md").write_text(GOOD)
    (folder / "README.md").write_text("# No page\n")
    return folder


def codes(report: str) -> list[str]:
    """The codes of a concise report."""
    return re.findall(r"^.*:\d+:\d+: \w+ (\w+) ", report, re.MULTILINE)


def load(report: str) -> Any:
    """A JSON report, which keeps to its schema."""
    data = json.loads(report)
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)
    return data


def test_the_default_path_is_the_working_directory(cli: Cli, pages: Path) -> None:
    here, named = cli("check"), cli("check", ".")
    assert here == named
    assert here.status == 1
    assert here.out.startswith("bad.md:2:13: warning TXT010 escaped-text\n")
    assert here.err == (
        "Found 1 warning in 1 of 3 files (2 pages among them; 1 can be fixed with --fix).\n"
    )


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (GOOD, (), 0),
        (BAD, (), 1),
        (BAD, ("--fail-on", "warning"), 1),
        (BAD, ("--fail-on", "error"), 0),
        (BAD, ("--fail-on", "never"), 0),
        (BAD, ("--config", "fail-on=error"), 0),
        (BAD, ("--config", "fail-on=error", "--fail-on", "warning"), 1),
        (BAD, ("--exit-zero",), 0),
        (BAD, ("--config", "severity.TXT010=error", "--fail-on", "error"), 1),
        (BAD, ("--config", "severity.TXT010=error", "--fail-on", "never"), 0),
        (BAD, ("--config", "severity.TXT010=note"), 0),
        (BAD, ("--config", "severity.TXT010=note", "--notes"), 0),
        (BAD, ("--statistics",), 1),
        (BAD, ("--quiet",), 1),
        (BAD, ("--format", "json"), 1),
        (BAD, ("--format", "json", "--exit-zero"), 0),
        (NOTED, ("--notes",), 0),
        (BAD, ("--show-files",), 0),
        (GOOD, ("--fail-on", "note"), 2),
        (GOOD, ("--exit-zero", "--config", "nope=1"), 2),
        (GOOD, ("--select", "NOPE"), 2),
        (GOOD, ("nope.md",), 2),
        (GOOD, ("--frmat", "json"), 2),
    ],
)
def test_exit_statuses(
    cli: Cli, folder: Path, text: str, options: tuple[str, ...], status: int
) -> None:
    (folder / "a.md").write_text(text)
    done = cli("check", "a.md", *options)
    assert done.status == status
    assert status != 2 or done.out == ""


def test_an_installed_command_does_the_same(cli: Cli, shell: Cli, pages: Path) -> None:
    for arguments in (("check",), ("check", "good.md"), ("check", "nope"), ("rules",), ("chek",)):
        assert shell(*arguments) == cli(*arguments), arguments


def test_formats(cli: Cli, pages: Path) -> None:
    text, concise, data = (
        cli("check", "bad.md", "--format", name).out for name in ("text", "concise", "json")
    )
    assert "  2 | title: Fish &amp; chips\n    |             ^^^^^\n" in text
    assert "= help: Write & instead of &amp;.\n" in text
    assert "= rule: ogcheck rule TXT010\n" in text
    assert concise == (
        "bad.md:2:13: warning TXT010 The page's title holds a character reference (&amp;): "
        "platforms show it as it stands.\n"
    )
    (problem,) = load(data)["problems"]
    place = {k: problem[k] for k in ("path", "line", "column", "end_line", "end_column", "offset")}
    assert place == {
        "path": "bad.md", "line": 2, "column": 13, "end_line": 2, "end_column": 18, "offset": 16,
    }  # fmt: skip


def test_the_seeds_fix_has_three_edits(cli: Cli) -> None:
    done = cli("check", str(SEED), "--isolated", "--format", "json")
    report = load(done.out)
    assert done.status == 1
    assert [p["code"] for p in report["problems"]] == ["TXT010", "IMG002"]
    escaped = report["problems"][0]
    text = SEED.read_text("utf-8")
    assert escaped["path"] == SEED.as_posix()
    assert escaped["fix"]["applicability"] == "safe"
    edits = escaped["fix"]["edits"]
    assert [text[e["offset"] : e["end_offset"]] for e in edits] == ["&amp;"] * 3
    assert [e["text"] for e in edits] == ["&"] * 3
    assert text[escaped["offset"] : escaped["end_offset"]] == "&amp;"
    assert report["summary"] == {
        "files": 1, "pages": 1, "errors": 1, "warnings": 1, "notes": 0, "hidden_notes": 6,
        "suppressed": 0, "known": 0, "fixed": 0,
    }  # fmt: skip
    assert done.err == (
        "Found 1 error and 1 warning in 1 file (1 can be fixed with --fix; 6 notes hidden: show "
        "them with --notes).\n"
    )


def test_notes_are_counted_or_listed(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(NOTED)
    hidden = load(cli("check", "--format", "json").out)
    shown = load(cli("check", "--format", "json", "--notes").out)
    count = hidden["summary"]["hidden_notes"]
    assert (hidden["problems"], hidden["summary"]["notes"]) == ([], 0)
    assert (shown["summary"]["hidden_notes"], shown["summary"]["notes"]) == (0, count)
    assert [p["code"] for p in shown["problems"]].count("URL003") == 1
    assert len(shown["problems"]) == count == 2
    # A note is shown without asking where its rule is selected exactly, and not by a prefix.
    assert codes(cli("check", "--format", "concise", "--select", "URL003").out) == ["URL003"]
    assert codes(cli("check", "--format", "concise", "--select", "URL").out) == []


def test_suppressed_problems_are_counted(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(BAD.replace("chips", "chips # ogcheck: ignore[TXT010] a name"))
    done = cli("check", "--format", "json")
    assert done.status == 0
    assert load(done.out)["summary"]["suppressed"] == 1
    assert done.err == "No problems in 1 file (1 suppressed).\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--select", "TXT010"), ["TXT010"]),
        (("--select", "URL,TXT"), ["TXT010"]),
        (("--select", "URL", "--select", "escaped-text"), ["TXT010"]),
        (("--select", "URL"), []),
        (("--select", "URL", "--extend-select", "TXT"), ["TXT010"]),
        (("--ignore", "TXT010"), []),
        (("--ignore", "txt"), []),
        (("--ignore", "TXT", "--extend-select", "TXT010"), ["TXT010"]),
        (("--ignore", "ALL"), []),
        (("--preset", "release"), ["OG000", "SCH001", "TXT010"]),
        (("--preset", "generic"), ["TXT010"]),
        (("--config", "ignore=['TXT']"), []),
        (("--config", "preset=release", "--ignore", "SCH,OG"), ["TXT010"]),
        (("--config", 'preset = "release"', "--select", "OG"), ["OG000"]),
        (("--config", "rules.FM009.max-size=9"), ["FM009"]),
        (("--config", "rules={FM009={max-size=9}}"), ["FM009"]),
        (("--config", "overrides=[{files=['*.md'], ignore=['TXT']}]"), []),
        (("--config", "overrides=[{files=['*.yml'], ignore=['TXT']}]"), ["TXT010"]),
        (("--config", "schemas=[{files=['a.md'], schema={required=['q']}}]", "--select", "SCH"),
         ["SCH001"]),
        (("--config", "schemas=[{files=['b.md'], schema={required=['q']}}]", "--select", "SCH"),
         []),
        (("--config", "exclude=['a.md']"), []),
        (("--config", "exclude=['a.md']", "--no-force-exclude"), ["TXT010"]),
    ],
)  # fmt: skip
def test_choosing_rules(
    cli: Cli, folder: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    (folder / "a.md").write_text(BAD)
    done = cli("check", "a.md", "--format", "concise", *options)
    assert sorted(codes(done.out)) == expected
    assert done.status == bool(expected)


def test_config_names_a_file_or_a_value(cli: Cli, folder: Path) -> None:
    (folder / "a.md").write_text(BAD)
    (folder / "ogcheck.toml").write_text('ignore = ["TXT"]\n')
    (folder / "other.toml").write_text('fail-on = "error"\n')
    (folder / "odd=name.toml").write_text('ignore = ["TXT010"]\n')
    assert cli("check").status == 0
    assert codes(cli("check", "--isolated", "--format", "concise").out) == ["TXT010"]
    other = cli("check", "--config", "other.toml", "--format", "concise")
    assert (other.status, codes(other.out)) == (0, ["TXT010"])
    both = cli("check", "--config", "other.toml", "--config", "fail-on=warning")
    assert both.status == 1
    assert cli("check", "--config", "odd=name.toml").out == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--config", "nope.toml"), "nope.toml: cannot be read: No such file or directory."),
        (("--config", "."), "cannot be read: Is a directory."),
        (("--config", "a.toml", "--config", "b.toml"), "--config can name one file only."),
        (("--config", "pyproject.toml"), "pyproject.toml: has no [tool.ogcheck]."),
        (("--isolated", "--config", "a.toml"), "--isolated leaves no room for --config a.toml"),
        (("--config", "site-nam=x"),
         "--config site-nam=x: site-nam is no setting. Did you mean site-name?"),
        (("--config", "fail-on=nevr"),
         "--config fail-on=nevr: fail-on is 'nevr', and can be error, warning, never. "
         "Did you mean never?"),
        (("--config", "severity.TXT010=bad"),
         "--config severity.TXT010=bad: severity.TXT010 is 'bad', and can be error, warning, "
         "note."),
        (("--config", "rules.FM009.max-size=0"),
         "rules.FM009.max-size must be a number above 0, and is 0."),
        (("--config", "extend=a.toml"), "extend belongs in a configuration file."),
        (("--config", "=3"), "Write KEY=VALUE."),
        (("--config", "site-name=" + "[" * 5000), None),
        (("--select", "DAT1"), "select: DAT1 is no rule. Did you mean DAT001?"),
        (("--ignore", "escaped-txt"), "ignore: escaped-txt is no rule. Did you mean escaped-text?"),
        (("--preset", "releas"),
         "Did you mean release?"),
        (("--now", "yesterday"),
         "--now yesterday is not a time. Write it like 2026-03-26T09:26:00+00:00."),
        (("--statistics", "--format", "json"), "--statistics is for people"),
        (("--stdin-filename", "b.md"), "--stdin-filename goes with - as the only path."),
        (("-",), "- (standard input) cannot be mixed with other paths."),
        (("--frmat", "text"), "No such option '--frmat'"),
        (("--format", "xml"), "'xml' is not one of 'text', 'concise', 'json'"),
    ],
)  # fmt: skip
def test_wrong_options(
    cli: Cli, folder: Path, options: tuple[str, ...], message: str | None
) -> None:
    (folder / "a.md").write_text(GOOD)
    for name in ("a.toml", "b.toml", "pyproject.toml"):
        (folder / name).write_text("")
    done = cli("check", "a.md", *options)
    if message is None:  # a text like any other
        assert done.status == 0
        return
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("ogcheck: ")
    assert message in done.err


def test_standard_input(cli: Cli, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub/ogcheck.toml").write_text('ignore = ["TXT"]\nexclude = ["b.md"]\n')

    def run(*options: str) -> Any:
        return cli("check", "-", "--format", "concise", *options, stdin=BAD)

    assert run().out.startswith("<stdin>:2:13: warning TXT010 ")
    assert run("--stdin-filename", "x/a.md").out.startswith("x/a.md:2:13: ")
    assert run("--stdin-filename", "../a.md").out.startswith("../a.md:2:13: ")
    assert run("--stdin-filename", "sub/a.md").out == ""
    assert run("--stdin-filename", "a.yml").err == "No problems in 1 file (not a page).\n"
    assert run("--stdin-filename", "sub/b.md").err == "No files to check.\n"
    assert run("--show-files", "--stdin-filename", "x/a.md").out == "x/a.md\n"


def test_a_file_called_like_standard_input_is_a_file(cli: Cli, folder: Path) -> None:
    for name in ("-", "<stdin>"):
        (folder / name).write_text(BAD)
        assert codes(cli("check", f"./{name}", "--format", "concise", stdin=GOOD).out) == ["TXT010"]


def test_show_files(cli: Cli, pages: Path) -> None:
    (pages / "sub").mkdir()
    (pages / "sub/a\n\x1b.yml").write_text("")
    (pages / "sub/a.txt").write_text("")
    done = cli("check", "--show-files")
    assert done == (0, "README.md\nbad.md\ngood.md\nsub/a\\n\\x1b.yml\n", "")
    assert cli("check", "--show-files", "sub/a.txt").out == "sub/a.txt\n"


def test_statistics_quiet_verbose(cli: Cli, pages: Path) -> None:
    (pages / "also.md").write_text(BAD)
    counted = cli("check", "--statistics")
    assert counted.out == "2  TXT010  escaped-text  warning\n"
    assert counted.err == (
        "Found 2 warnings in 2 of 4 files (3 pages among them; 2 can be fixed with --fix).\n"
    )
    assert cli("check", "--statistics", "-q").err == ""
    assert cli("check", "--quiet").err == ""
    assert cli("check", "-q").out == cli("check").out
    assert "README.md: passed over: it has no front matter\n" in cli("check", "--verbose").err


def test_nothing_to_check(cli: Cli, folder: Path) -> None:
    (folder / "empty").mkdir()
    assert cli("check", "empty") == (0, "", "No files to check.\n")
    assert cli("check", "empty", "--quiet") == (0, "", "")
    report = cli("check", "empty", "--format", "json")
    assert (report.status, load(report.out)["problems"]) == (0, [])
    (folder / "empty/a.md").write_text("# No page\n")
    assert cli("check", "empty") == (0, "", "No problems in 1 file (not a page).\n")


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": ""}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--format", "concise"), {"FORCE_COLOR": "1"}, True),
        (("--statistics",), {"FORCE_COLOR": "1"}, True),
        (("--format", "json"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    cli: Cli, pages: Path, monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...], env: dict[str, str], coloured: bool,
) -> None:  # fmt: skip
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in cli("check", *options).out) is coloured


def test_now_is_taken_with_and_without_a_zone(cli: Cli, pages: Path) -> None:
    for now in ("2026-03-26", "2026-03-26T09:26", "2026-03-26T09:26:00+01:00"):
        assert cli("check", "good.md", "--now", now).status == 0


def test_paths_are_relative_inside_and_absolute_outside(
    cli: Cli, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages / "sub").mkdir()
    monkeypatch.chdir(pages / "sub")
    (pages / "sub/a.md").write_text(BAD)
    report = load(cli("check", "..", "--format", "json").out)
    assert [p["path"] for p in report["problems"]] == [f"{pages.as_posix()}/bad.md", "a.md"]


def test_the_same_whatever_the_order_of_paths(cli: Cli, pages: Path) -> None:
    for name in ("b/z.md", "b/a.md", "b-c.md", "b.md", "a/x.yml"):
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text(BAD if name.endswith("md") else "og:\n  title: a &amp; b\n")
    named = ["b-c.md", "b/z.md", ".", "b", "bad.md", "./b/a.md", "a/x.yml", "b.md"]
    reports = {cli("check", *order, "--format", "json") for order in (named, named[::-1], ["."])}
    assert len(reports) == 1
    paths = [p["path"] for p in load(reports.pop().out)["problems"]]
    assert paths == ["a/x.yml", "b/a.md", "b/z.md", "b-c.md", "b.md", "bad.md"]


def test_a_missing_path_is_said_before_anything_is_written(cli: Cli, pages: Path) -> None:
    for order in (("bad.md", "nope.md"), ("nope.md", "bad.md")):
        done = cli("check", *order, "--format", "json")
        assert done == (2, "", "ogcheck: nope.md: there is no such file or directory.\n")
