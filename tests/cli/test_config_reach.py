"""What a configuration that is met in a checked tree may name: files of that tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

POST = "---\ntitle: A title\nog_title: A title\n---\n"


def check(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ogcheck", "check", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checked tree, beside which lie files that are none of its business."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "ogcheck.toml").write_text('site-name = "secret"\n')
    (tmp_path / "elsewhere" / "schema.json").write_text('{"title": "secret"}')
    below = tmp_path / "tree" / "below"
    below.mkdir(parents=True)
    (below / "post.md").write_text(POST)
    return tmp_path / "tree"


@pytest.mark.parametrize(
    "setting",
    [
        'extend = "../../elsewhere/ogcheck.toml"',
        'build-dir = "../../elsewhere"',
        'static-dirs = [".", "../../elsewhere"]',
        'url-map = { "https://cdn.example" = "../../elsewhere" }',
        '[[schemas]]\nfiles = ["*"]\nschema = "../../elsewhere/schema.json"',
        '[[overrides]]\nfiles = ["*"]\nbuild-dir = "../../elsewhere"',
        'extend = "link.toml"',
    ],
)
def test_a_tree_names_no_file_outside_of_it(tree: Path, setting: str) -> None:
    (tree / "below" / "link.toml").symlink_to("../../elsewhere/ogcheck.toml")
    config = tree / "below" / "ogcheck.toml"
    config.write_text(setting + "\n")
    found = check(cwd=tree)
    assert found.returncode == 2
    assert found.stderr.startswith("ogcheck: below/ogcheck.toml:")
    assert "lies outside of" in found.stderr
    assert "secret" not in found.stderr
    # From its own folder, or named, it is the configuration of the run.
    assert check(cwd=tree / "below").returncode < 2
    assert check("--config", "below/ogcheck.toml", cwd=tree).returncode < 2


def test_what_a_file_extends_reaches_no_further(tree: Path) -> None:
    (tree / "below" / "ogcheck.toml").write_text('extend = "own.toml"\n')
    (tree / "below" / "own.toml").write_text('extend = "../../elsewhere/ogcheck.toml"\n')
    found = check(cwd=tree)
    assert found.returncode == 2
    assert found.stderr.startswith("ogcheck: below/own.toml:1: ../../elsewhere/ogcheck.toml lies")


def test_the_repository_is_the_tree(tree: Path) -> None:
    """Projects in one repository share what lies beside them."""
    (tree.parent / ".git").mkdir()
    (tree / "below" / "ogcheck.toml").write_text('extend = "../../elsewhere/ogcheck.toml"\n')
    assert check(cwd=tree).returncode < 2


def test_a_tree_that_is_not_below_the_working_directory_is_its_own(tree: Path) -> None:
    config = tree / "below" / "ogcheck.toml"
    config.write_text('extend = "../ogcheck.toml"\n')
    (tree / "ogcheck.toml").write_text("")
    elsewhere = tree.parent / "elsewhere"
    assert "lies outside of" in check(str(tree / "below"), cwd=elsewhere).stderr
    (tree / ".git").mkdir()
    assert check(str(tree / "below"), cwd=elsewhere).returncode < 2
