"""The GitLab template and the recipes of docs/ci.md, run on clones as CI servers make them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TEMPLATE = yaml.safe_load((ROOT / "ci" / "ogcheck.gitlab-ci.yml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
GOOD = (ROOT / "seeds" / "northbridge-clean.md").read_text("utf-8")
BAD = GOOD.replace("Man charged after harbour", "Man &amp; woman charged after harbour")
ENV = {
    **{key: value for key, value in os.environ.items() if not key.startswith("CI_")},
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@northbridge.example",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@northbridge.example",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}  # fmt: skip
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is missing")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, env=ENV
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``main`` with an old fault, and a branch ``news`` that adds one in a file of another."""
    folder = tmp_path_factory.mktemp("origin")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")  # as on GitLab
    (folder / "ogcheck.toml").write_text((ROOT / "seeds" / "ogcheck.toml").read_text("utf-8"))
    (folder / "archive.md").write_text(BAD)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "archive")
    git(folder, "checkout", "-q", "-b", "news")
    (folder / "a new\none.md").write_text(BAD)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "news")
    return folder


def clone(origin: Path, folder: Path, branch: str, *options: str) -> Path:
    where = folder / "clone"
    git(folder, "clone", "-q", "-b", branch, *options, origin.as_uri(), str(where))
    return where


def run(folder: Path, lines: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    """Run the lines of a job's script, one after the other until one fails, in one shell."""
    return subprocess.run(
        ["bash", "-eo", "pipefail"], input="\n".join(lines), cwd=folder, env=ENV | env, text=True,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def recipe(title: str) -> str:
    """The code in the section of docs/ci.md with this title."""
    found = re.search(rf"^## {title}$.*?^```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_a_merge_request_on_gitlab(origin: Path, tmp_path: Path) -> None:
    """The report is of all files, the verdict on those that were changed."""
    folder = clone(origin, tmp_path, "news", "--depth=1")
    base = git(origin, "rev-parse", "main")
    job = TEMPLATE["ogcheck"]
    done = run(folder, job["script"], CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1, done.stderr
    assert "a new\\none.md:17:14: warning TXT010" in done.stdout
    assert "archive.md" not in done.stdout
    report = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert {one["location"]["path"] for one in report} == {"archive.md", "a new\none.md"}

    # Merged results: what is checked out is a merge, the base what was merged into.
    head = git(folder, "rev-parse", "HEAD")
    done = run(
        folder, job["script"], CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA=head,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_branch_on_gitlab(origin: Path, tmp_path: Path) -> None:
    folder = clone(origin, tmp_path, "main", "--depth=1")
    done = run(folder, TEMPLATE["ogcheck"]["script"])
    assert done.returncode == 1
    assert "archive.md:17:14: warning TXT010" in done.stdout
    done = run(folder, TEMPLATE["ogcheck"]["script"], OGCHECK_PATH="$(touch pwned)")
    assert done.returncode == 2
    assert not (folder / "pwned").exists()


def test_what_gitlab_installs(tmp_path: Path) -> None:
    lines = TEMPLATE["ogcheck"]["before_script"]
    done = run(tmp_path, lines)
    assert done.returncode == 2
    assert done.stderr == "Set the variable OGCHECK_PACKAGE to what pip should install.\n"
    venv.create(tmp_path / "venv", with_pip=True)
    path = f"{tmp_path / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = run(tmp_path, [*lines, "ogcheck --version"], OGCHECK_PACKAGE=str(ROOT), PATH=path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ogcheck ")


def test_the_recipe_for_a_shell(origin: Path, tmp_path: Path) -> None:
    folder = clone(origin, tmp_path, "news")
    done = run(folder, [recipe("Anywhere else")])
    assert done.returncode == 1, done.stderr
    assert "a new\\none.md:17:14: warning TXT010" in done.stdout
    assert "archive.md" not in done.stdout
    assert "<testsuites" in (folder / "ogcheck.xml").read_text("utf-8")
    git(folder, "checkout", "-q", "origin/main")
    assert run(folder, [recipe("Anywhere else")], TARGET="main").returncode == 0


@pytest.mark.parametrize("title", ["pre-commit and prek", "GitHub Actions", "GitLab CI"])
def test_recipes_name_what_there_is(title: str) -> None:
    data: Any = yaml.safe_load(recipe(title))
    if title == "GitHub Actions":
        assert data["jobs"]["ogcheck"]["steps"][-1]["uses"] == "…@REV"
        action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        section = PAGE.partition(f"## {title}")[2].partition("\n## ")[0]
        said = dict(re.findall(r"^\| `([a-z-]+)` \| (?:`(.+?)`)? ?\|", section, re.MULTILINE))
        assert said == {name: one["default"] for name, one in action["inputs"].items()}
    elif title == "GitLab CI":
        path = data["include"][0]["remote"].removeprefix("…/")
        assert (ROOT / path).is_file()
        assert list(data["variables"]) == ["OGCHECK_PACKAGE"]
    else:
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        section = PAGE.partition(f"## {title}")[2].partition("\n## ")[0]
        assert set(re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)) == {h["id"] for h in hooks}
