"""Rules by others: files, entry points, what goes wrong with them, and what their rules report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ogcheck
from ogcheck import Example, Picture, testing

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "house-rules"
POST = "---\ntitle: Bridge closed.\narea: Harbor\nog_title: Bridge closed.\n---\n"
HEAD = "from ogcheck import Finding, Fix, Edit, Place, Rule, Severity\n"


def rule(check: str, **changes: str) -> str:
    """A plugin of one rule, as Python source; ``changes`` replace its attributes."""
    attributes = {
        "code": "'ACME001'", "name": "'acme-rule'", "severity": "Severity.WARNING", **changes,
    }  # fmt: skip
    lines = [f"    {key} = {value}" for key, value in attributes.items()]
    return "\n".join(
        [HEAD, "class Acme(Rule):", '    """A rule."""', *lines,
         "    def check(self, page, context):", f"        {check}", "RULES = (Acme,)", ""]
    )  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "post.md").write_text(POST)
    (tmp_path / "ogcheck.toml").write_text('preset = "generic"\nplugins = ["acme.py"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": path} if path else None
    return subprocess.run(
        [sys.executable, "-m", "ogcheck", *arguments], text=True, capture_output=True, check=False,
        env=environment,
    )  # fmt: skip


def test_the_example_is_right_by_its_own_tests() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLE)],
        cwd=EXAMPLE, text=True, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(EXAMPLE)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "7 passed" in done.stdout


def test_a_file_is_a_plugin(site: Path) -> None:
    (site / "acme.py").write_text((EXAMPLE / "house_rules.py").read_text("utf-8"), "utf-8")
    done = run("check", "--format", "concise")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "post.md:3:7: error HOUSE002 “Harbor” is none of our areas.",
        "post.md:4:24: warning HOUSE001 og:title ends in a full stop.",
    ]
    assert "HOUSE001 full-stop-in-title" in run("rules").stdout
    assert run("rule", "full-stop-in-title").stdout.startswith("# HOUSE001 full-stop-in-title")
    assert "it comes from the plugin acme.py" in run("rules", "--why", "HOUSE001", "post.md").stdout
    fixed = ogcheck.fix_text(POST, "post.md")
    assert fixed.text == POST.replace("og_title: Bridge closed.", "og_title: Bridge closed")


def test_its_rules_are_configured_and_silenced_like_any(site: Path) -> None:
    (site / "acme.py").write_text((EXAMPLE / "house_rules.py").read_text("utf-8"), "utf-8")
    with (site / "ogcheck.toml").open("a") as file:
        file.write('[severity]\nHOUSE001 = "note"\n[rules.unknown-area]\nareas = ["Harbor"]\n')
    assert [p.code for p in ogcheck.check_file("post.md")] == ["HOUSE001"]
    assert run("check").returncode == 0
    assert run("check", "--select", "HOUSE001").returncode == 0
    assert [p.code for p in ogcheck.check_text(
        POST.replace("closed.\n---", "closed. # ogcheck: ignore[HOUSE] said so\n---"), "post.md"
    )] == []  # fmt: skip


def test_an_entry_point_is_a_plugin(site: Path) -> None:
    packages = site / "packages"
    info = packages / "acme_rules-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[ogcheck.rules]\nhouse = acme_rules\n")
    (packages / "acme_rules.py").write_text((EXAMPLE / "house_rules.py").read_text("utf-8"))
    for name in ("house", "acme_rules"):  # the entry point, and the distribution that has it
        (site / "ogcheck.toml").write_text(f'plugins = ["{name}"]\n')
        done = run("check", "--format", "json", path=str(packages))
        assert [p["code"] for p in json.loads(done.stdout)["problems"]] == ["HOUSE002", "HOUSE001"]
    (site / "ogcheck.toml").write_text('plugins = ["hose"]\n')
    done = run("check", path=str(packages))
    assert done.returncode == 2
    assert done.stderr.startswith("ogcheck: ogcheck.toml:1: plugins: hose: no installed package")
    assert "There are: house." in done.stderr


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (None, "there is no such file"),
        ("import nothing_of_that_name\n", "ModuleNotFoundError: No module named"),
        ("x = 1\nx +\n", "SyntaxError"),
        ("x = 1\n1 / 0\n", "ZeroDivisionError: division by zero (line 2)"),
        ("raise SystemExit(3)\n", "SystemExit: 3 (line 1)"),
        ("x = 1\n", "it has no RULES"),
        ("RULES = (1,)\n", "it is no subclass of ogcheck.Rule"),
        (rule("return ()", code="'TXT010'"), "the code TXT010 is taken by ogcheck's escaped-text"),
        (rule("return ()", code="'OG999'"), "codes that begin with OG are ogcheck's own"),
        (rule("return ()", code="'a1'"), "is not two to eight capital letters and three digits"),
        (rule("return ()", name="'escaped-text'"), "the name escaped-text is taken"),
        (rule("return ()", name="'Acme Rule'"), "is not words in small letters"),
        (rule("return ()", severity="'warning'"), "its severity is no ogcheck.Severity"),
        (rule("return ()", Options="int"), "its Options are no dataclass"),
        (rule("return ()", depends_on="'clock'"), "its depends_on is no tuple of 'clock' and"),
        (rule("return ()", depends_on="('moon',)"), "its depends_on is no tuple of 'clock' and"),
        (HEAD + "class A(Rule):\n    code, name, severity = 'ACME001', 'a-b', Severity.NOTE\n"
         "RULES = (A,)\n", "it has no check method"),
        (rule("return ()") + "RULES = (Acme, Acme)\n", "ACME001 is taken by acme-rule of acme.py"),
    ],
)  # fmt: skip
def test_a_plugin_that_cannot_be_used_is_named(site: Path, source: str | None, words: str) -> None:
    if source is not None:
        (site / "acme.py").write_text(source)
    done = run("check")
    assert done.returncode == 2
    assert done.stderr.startswith("ogcheck: ogcheck.toml:2: plugins: acme.py: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("raise KeyError('x')", "KeyError: 'x'"),
        ("raise SystemExit(1)", "SystemExit: 1"),
        ("return 5", "check answered a value of type int"),
        ("return ['x']", "it reported a value of type str, and not a Finding"),
        ("return [Finding('OG001', 'm', 0, 1)]", "under the code 'OG001', which is not its own"),
        ("return [Finding(self.code, '', 0, 1)]", "an empty message"),
        ("return [Finding(self.code, 5, 0, 1)]", "a value of type int as message"),
        ("return [Finding(self.code, 'm', 0, 10_000)]", "a span from 0 to 10000, outside the text"),
        ("return [Finding(self.code, 'm', 5, 1)]", "a span from 5 to 1, outside"),
        ("return [Finding(self.code, 'm', 'a', 1)]", "which are no offsets"),
        ("return [Finding(self.code, 'm', 0, 1, severity='error')]", "which is no Severity"),
        ("return [Finding(self.code, 'm', 0, 1, related=(('x',),))]", "and not a Place"),
        ("return [Finding(self.code, 'm', 0, 1, related=(Place(0, 9999, 'x'),))]", "related place"),
        ("return [Finding(self.code, 'm', 0, 1, fix='x')]", "as its fix, and not a Fix"),
        ("return [Finding(self.code, 'm', 0, 1, fix=Fix(True, 'm', (Edit(0, 9999, ''),)))]",
         "an edit from 0 to 9999"),
    ],
)  # fmt: skip
def test_rubbish_that_a_rule_reports_is_named_and_the_run_goes_on(
    site: Path, check: str, words: str
) -> None:
    (site / "acme.py").write_text(rule(check))
    (site / "post.md").write_text(
        POST.replace("area: Harbor", "description: Fish &amp; chips at the harbour")
    )
    found = {p.code: p for p in ogcheck.check_file("post.md")}
    assert set(found) == {"OGX001", "TXT010"}
    assert "The rule ACME001 acme-rule failed on this page" in found["OGX001"].message
    assert words in found["OGX001"].message


def test_what_it_reported_before_it_failed_counts(site: Path) -> None:
    (site / "acme.py").write_text(rule("yield Finding(self.code, 'm', 0, 3); 1 / 0"))
    assert [p.code for p in ogcheck.check_file("post.md")] == ["ACME001", "OGX001"]


def test_checking_a_tree_never_runs_code_that_the_tree_names(site: Path) -> None:
    (site / "ogcheck.toml").unlink()
    below = site / "below"
    below.mkdir()
    (below / "post.md").write_text(POST)
    (below / "ogcheck.toml").write_text('plugins = ["acme.py"]\n')
    (below / "acme.py").write_text("open('ran', 'w').close()\nRULES = ()\n")
    done = run("check")
    assert done.returncode == 2
    assert done.stderr.startswith("ogcheck: below/ogcheck.toml:1: plugins are named by")
    assert not (site / "ran").exists()
    assert not (below / "ran").exists()
    # Named on the command line, it is the configuration of the run.
    assert run("check", "--config", "below/ogcheck.toml").returncode == 0
    assert (site / "ran").exists()


def test_extend_brings_plugins_relative_to_their_own_file(site: Path) -> None:
    shared = site / "shared"
    shared.mkdir()
    (shared / "base.toml").write_text('plugins = ["rules.py"]\n')
    (shared / "rules.py").write_text(rule("return [Finding(self.code, 'm', 0, 3)]"))
    (site / "ogcheck.toml").write_text('extend = "shared/base.toml"\n')
    assert [p.code for p in ogcheck.check_file("post.md")] == ["ACME001"]


def test_plugins_cost_nothing_where_none_is_named(site: Path) -> None:
    (site / "ogcheck.toml").write_text('preset = "generic"\n')
    script = (
        "import sys\nfrom ogcheck.cli import main\n"
        "try:\n    main(['check', '-q'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'importlib.metadata', 'packaging'} & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], text=True, capture_output=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (f"=={ogcheck.__version__}", None),
        (">=99", f"this is ogcheck {ogcheck.__version__}, and required-version asks for >=99."),
        ("soon", "required-version 'soon' is no version specifier."),
    ],
)
def test_required_version(site: Path, wanted: str, message: str | None) -> None:
    # A configuration for a later version may say what this one does not know: its version first.
    later = "" if message is None or wanted == "soon" else "unheard-of = 1\n"
    (site / "ogcheck.toml").write_text(f'required-version = "{wanted}"\n{later}')
    done = run("check")
    assert done.returncode == (0 if message is None else 2)
    assert message is None or message in done.stderr


IMAGES = """
from ogcheck import Example, Finding, Picture, Place, Rule, Severity

CONFIG = {"site-url": "https://www.northbridge.example", "static-dirs": ["static"]}
TEXT = "---\\nog_image: https://www.northbridge.example/a.png\\n---\\n"


class NoSquares(Rule):
    \"\"\"A square picture.

    ## What it does
    Looks at the file.

    ## Why it matters
    The house style.
    \"\"\"

    code = "ACME001"
    name = "square-picture"
    severity = Severity.NOTE
    depends_on = ("files",)
    reads = ("og:image",)
    bad = (Example(TEXT, config=CONFIG, files={"static/a.png": Picture(1300, 1300)}),)
    good = (
        Example(TEXT, config=CONFIG, files={"static/a.png": Picture(1200, 630)}),
        Example(TEXT, config=CONFIG),
    )

    def check(self, page, context):
        for prop in page.all("og:image"):
            file = context.layout.find(prop.meant).file
            image = context.images.read(file) if file is not None else None
            if image is not None and image.width is not None and image.width == image.height:
                yield self.at(prop, "The picture is a square.")


RULES = (NoSquares,)
"""


def test_the_examples_of_a_rule_of_others_may_have_files() -> None:
    space: dict[str, Any] = {}
    exec(IMAGES, space)  # noqa: S102 - as a plugin is loaded
    rule = space["NoSquares"]
    found = [str(case) for case in testing.cases(rule)]
    assert found == ["ACME001-bad-0", "ACME001-good-0", "ACME001-good-1"]
    for case in testing.cases(rule):
        case.check()
    assert list(testing.faults(rule)) == []
    rule.bad = (Example(rule.bad[0].text, config=space["CONFIG"],
                        files={"static/a.png": Picture(1200, 630)}),)  # fmt: skip
    with pytest.raises(AssertionError, match="expected \\['ACME001'\\], found \\[\\]"):
        testing.cases(rule)[0].check()
