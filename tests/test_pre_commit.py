"""The hook as other repositories use it: the real pre-commit, on a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from identify import identify

ROOT = Path(__file__).parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
GIT = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@northbridge.example",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@northbridge.example",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **GIT}, text=True, check=True,
        capture_output=True,
    )  # fmt: skip
    return done.stdout


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


def _try(hooks: Path, newsroom: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), "ogcheck", "--color", "never",
         "--all-files"],
        cwd=newsroom, text=True, capture_output=True, check=False,
        env={**os.environ, **GIT, "PRE_COMMIT_HOME": str(home)},
    )  # fmt: skip


def test_a_bad_release_blocks_and_a_good_one_passes(
    hooks_repository: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom, home = tmp_path / "newsroom", tmp_path_factory.mktemp("pre-commit-home")
    newsroom.mkdir()
    _git(newsroom, "init", "-q")
    shutil.copy(ROOT / "seeds" / "ogcheck.toml", newsroom / "ogcheck.toml")
    shutil.copy(ROOT / "seeds" / "northbridge-clean.md", newsroom)
    (newsroom / "README.md").write_text("# A newsroom\n")
    _git(newsroom, "add", ".")

    good = _try(hooks_repository, newsroom, home)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout

    shutil.copy(ROOT / "seeds" / "northbridge-another-title.md", newsroom)
    _git(newsroom, "add", ".")
    bad = _try(hooks_repository, newsroom, home)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "Failed" in bad.stdout
    assert "northbridge-another-title.md:12:10: warning TXT001 title-mismatch" in bad.stdout
    assert "= help: Write one headline in both" in bad.stdout
    assert "northbridge-clean.md:" not in bad.stdout


def test_a_plugin_comes_in_by_additional_dependencies(
    hooks_repository: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom, home = tmp_path / "newsroom", tmp_path_factory.mktemp("pre-commit-home")
    newsroom.mkdir()
    _git(newsroom, "init", "-q")
    revision = _git(hooks_repository, "rev-parse", "HEAD").strip()
    hook = {"id": "ogcheck", "additional_dependencies": [str(ROOT / "examples" / "house-rules")]}
    configuration = {"repos": [{"repo": str(hooks_repository), "rev": revision, "hooks": [hook]}]}
    (newsroom / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration))
    (newsroom / "ogcheck.toml").write_text('plugins = ["house-rules"]\n')
    (newsroom / "post.md").write_text("---\ntitle: Bridge closed\narea: Harbor\n---\n")
    _git(newsroom, "add", ".")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"],
        cwd=newsroom, text=True, capture_output=True, check=False,
        env={**os.environ, **GIT, "PRE_COMMIT_HOME": str(home)},
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "post.md:3:7: error HOUSE002 unknown-area" in done.stdout


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("news/release.md", True),
        ("news/release.markdown", True),
        ("docs/page.mdx", True),
        ("paper.qmd", True),
        ("paper.Rmd", True),
        ("share.yaml", True),
        ("share.yml", True),
        ("share.toml", True),
        ("content/SHARE.json", True),
        ("my-package.json", True),
        ("package.json", False),
        ("web/Package-Lock.json", False),
        ("Cargo.toml", False),
        ("netlify.toml", False),
        ("config/_default/params.toml", False),
        ("page.html", True),
        ("PAGE.HTM", True),
        ("page.xhtml", True),
        ("page.html.erb", False),
        ("release.md.txt", False),
        ("readme", False),
        ("image.png", False),
    ],
)
def test_the_hooks_pattern(name: str, wanted: bool) -> None:
    import re

    (hook,) = [h for h in HOOKS if h["id"] == "ogcheck"]
    tags = identify.tags_from_filename(name)
    # A name that identify does not know is told from the file's content, which is text here.
    is_text = "binary" not in tags and "image" not in tags
    matches = re.search(hook["files"], name) and not re.search(hook["exclude"], name)
    assert (bool(matches) and is_text) is wanted
    assert set(hook["types"]) == {"text"}
