"""The hooks as other repositories use them: pre-commit and prek, on scratch repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from identify import identify

ROOT = Path(__file__).parents[1]
HOOKS = {h["id"]: h for h in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
GIT = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@northbridge.example",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@northbridge.example",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip
PREK = shutil.which("prek", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
GOOD = (ROOT / "seeds" / "northbridge-clean.md").read_text("utf-8")
BAD = (ROOT / "seeds" / "northbridge-another-title.md").read_text("utf-8")
MENDABLE = GOOD.replace("Man charged after harbour", "Man &amp; woman charged after harbour")
BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour open</title>
<meta property="og:title" content="Harbour open">
<meta property="og:type" content="article">
<meta property="og:image" content="https://www.northbridge.example/harbour.jpg">
<meta property="og:url" content="/news/harbour/">
</head><body></body></html>
"""


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **GIT}, text=True, check=True,
        capture_output=True,
    )  # fmt: skip
    return done.stdout


class Runner:
    """A program that runs hooks, and where it keeps their environments."""

    def __init__(self, name: str, home: Path) -> None:
        self.name = name
        self.command = [PREK] if name == "prek" else [sys.executable, "-m", "pre_commit"]
        self.env = {
            **os.environ, **GIT, "PRE_COMMIT_HOME": str(home), "PREK_HOME": str(home),
            "PRE_COMMIT_COLOR": "never", "NO_COLOR": "1",
        }  # fmt: skip

    def run(self, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        """Run it with what follows its name."""
        return self.start(folder, *self.command, *command)

    def start(self, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program that may call it."""
        return subprocess.run(
            command, cwd=folder, text=True, capture_output=True, check=False, env=self.env
        )

    def commit(self, folder: Path) -> tuple[int, str]:
        """Add all files and commit; the exit status, and what was said."""
        _git(folder, "add", ".")
        done = self.start(folder, "git", "commit", "-q", "-m", "news")
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def hooks_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's files, as they are now, in a repository of their own."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in ("ogcheck", "schemas"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "hooks")
    return folder


@pytest.fixture(
    scope="module",
    params=[
        "pre-commit",
        pytest.param("prek", marks=pytest.mark.skipif(PREK is None, reason="prek is missing")),
    ],
)
def runner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(request.param, tmp_path_factory.mktemp("home"))


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A repository with a configuration and a good release."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    _git(folder, "init", "-q")
    shutil.copy(ROOT / "seeds" / "ogcheck.toml", folder / "ogcheck.toml")
    (folder / "northbridge-clean.md").write_text(GOOD)
    (folder / "README.md").write_text("# A newsroom\n")
    (folder / "package.json").write_text("{}\n")
    return folder


def _configure(newsroom: Path, hooks: Path, *used: dict[str, Any]) -> None:
    revision = _git(hooks, "rev-parse", "HEAD").strip()
    repos = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": list(used)}]}
    (newsroom / ".pre-commit-config.yaml").write_text(yaml.safe_dump(repos))


def _install(newsroom: Path, hooks: Path, runner: Runner, *used: dict[str, Any]) -> None:
    _configure(newsroom, hooks, *used)
    done = runner.run(newsroom, "install")
    assert done.returncode == 0, done.stdout + done.stderr


def test_trying_the_hook_without_a_configuration(
    hooks_repository: Path, newsroom: Path, runner: Runner
) -> None:
    (newsroom / "northbridge-another-title.md").write_text(BAD)
    _git(newsroom, "add", ".")
    done = runner.run(newsroom, "try-repo", str(hooks_repository), "ogcheck", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "northbridge-another-title.md:12:10: warning TXT001 title-mismatch" in done.stdout
    assert "northbridge-clean.md:" not in done.stdout


def test_a_bad_release_blocks_and_a_good_one_passes(
    hooks_repository: Path, newsroom: Path, runner: Runner
) -> None:
    _install(newsroom, hooks_repository, runner, {"id": "ogcheck"})
    status, said = runner.commit(newsroom)
    assert status == 0, said
    assert re.search(r"^ogcheck\.+Passed$", said, re.MULTILINE)
    first = _git(newsroom, "rev-parse", "HEAD")

    path = newsroom / "northbridge another\ntitle.md"
    path.write_text(BAD)
    status, said = runner.commit(newsroom)
    assert status == 1, said
    assert re.search(r"^ogcheck\.+Failed$", said, re.MULTILINE)
    assert "northbridge another\\ntitle.md:12:10: warning TXT001 title-mismatch" in said
    assert "= help: Write one headline in both" in said
    assert "northbridge-clean.md:" not in said
    assert _git(newsroom, "rev-parse", "HEAD") == first

    path.write_text(BAD.replace("News article", "Mill Lane footbridge open again"))
    status, said = runner.commit(newsroom)
    assert status == 0, said
    assert _git(newsroom, "rev-parse", "HEAD^") == first


def test_built_pages_have_a_hook_of_their_own(
    hooks_repository: Path, newsroom: Path, runner: Runner
) -> None:
    _install(newsroom, hooks_repository, runner, {"id": "ogcheck"}, {"id": "ogcheck-html"})
    (newsroom / "harbour.html").write_text(BUILT)
    status, said = runner.commit(newsroom)
    assert status == 1, said
    assert re.search(r"^ogcheck\.+Passed$", said, re.MULTILINE)
    assert re.search(r"^ogcheck \(built HTML\)\.+Failed$", said, re.MULTILINE)
    assert "harbour.html:6:34: error URL003 url-not-absolute" in said


def test_the_fixing_hook_modifies_and_fails_and_passes_the_next_time(
    hooks_repository: Path, newsroom: Path, runner: Runner
) -> None:
    _install(newsroom, hooks_repository, runner, {"id": "ogcheck-fix"})
    release = newsroom / "northbridge-mendable.md"
    release.write_text(MENDABLE)
    status, said = runner.commit(newsroom)
    assert status == 1, said
    assert re.search(r"^ogcheck \(with its safe fixes\)\.+Failed$", said, re.MULTILINE)
    assert "files were modified by this hook" in said.lower()
    assert release.read_text() == GOOD.replace(
        "Man charged after harbour", "Man & woman charged after harbour"
    )
    status, said = runner.commit(newsroom)
    assert status == 0, said


def test_a_plugin_comes_in_by_additional_dependencies(
    hooks_repository: Path, newsroom: Path, runner: Runner
) -> None:
    hook = {"id": "ogcheck", "additional_dependencies": [str(ROOT / "examples" / "house-rules")]}
    _configure(newsroom, hooks_repository, hook)
    (newsroom / "ogcheck.toml").write_text('plugins = ["house-rules"]\n')
    (newsroom / "post.md").write_text("---\ntitle: Bridge closed\narea: Harbor\n---\n")
    _git(newsroom, "add", ".")
    done = runner.run(newsroom, "run", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "post.md:3:7: error HOUSE002 unknown-area" in done.stdout


@pytest.mark.parametrize(
    ("name", "hook"),
    [
        ("news/release.md", "ogcheck"),
        ("news/release.markdown", "ogcheck"),
        ("docs/page.mdx", "ogcheck"),
        ("paper.qmd", "ogcheck"),
        ("paper.Rmd", "ogcheck"),
        ("share.yaml", "ogcheck"),
        ("share.yml", "ogcheck"),
        ("share.toml", "ogcheck"),
        ("content/SHARE.json", "ogcheck"),
        ("my-package.json", "ogcheck"),
        ("package.json", None),
        ("web/Package-Lock.json", None),
        ("Cargo.toml", None),
        ("netlify.toml", None),
        ("config/_default/params.toml", None),
        ("page.html", "ogcheck-html"),
        ("PAGE.HTM", "ogcheck-html"),
        ("page.xhtml", "ogcheck-html"),
        ("page.html.erb", None),
        ("html", None),
        ("release.md.txt", None),
        ("readme", None),
        ("image.png", None),
    ],
)
def test_the_hooks_patterns(name: str, hook: str | None) -> None:
    tags = identify.tags_from_filename(name)
    # A name that identify does not know is told from the file's content, which is text here.
    tags |= {"text"} if not tags & {"text", "binary"} else set()
    taken = {
        one["id"] for one in HOOKS.values()
        if re.search(one["files"], name)
        and not re.search(one.get("exclude", "^$"), name)
        and tags.issuperset(one["types"])
    }  # fmt: skip
    also = {"ogcheck-fix"} if hook == "ogcheck" else set()
    assert taken == ({hook, *also} if hook else set())
