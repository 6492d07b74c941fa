"""The library: what it answers, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import ogcheck

SEEDS = Path(__file__).parents[1] / "seeds"
SEED = SEEDS / "six-men-arrested-following-operation-safenet-warrants.md"


def test_the_seed_under_no_configuration() -> None:
    found = {p.code: p for p in ogcheck.check_file(SEED, config={})}
    severities = {code: str(p.severity) for code, p in found.items()}
    assert severities == {
        "TXT010": "error",
        "IMG002": "warning",
        "IMG003": "note",
        "OG007": "note",
        "OG008": "note",
        "TWC001": "note",
        "OG021": "note",
        "TXT003": "note",
    }
    assert "3 character references" in found["TXT010"].message
    assert "600x300" in found["IMG002"].message
    assert "190x100" in found["IMG002"].message
    assert found["TXT010"].property == found["IMG002"].property == "og:image"


def test_the_seed_under_its_newsrooms_configuration() -> None:
    codes = {p.code for p in ogcheck.check_file(SEED)}
    assert codes == {"TXT010", "IMG002", "IMG003", "OG007", "OG008", "OG021", "OG006", "TWC001"}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("clean", []),
        ("another-title", ["TXT001"]),
        ("colon", ["FM002"]),
        ("no-card", ["OG000"]),
        ("wrong-address", ["URL001"]),
        ("image-path", ["URL003"]),
        ("no-such-day", ["DAT005"]),
        ("capital-type", ["OG014"]),
    ],
)
def test_our_own_seeds(name: str, codes: list[str]) -> None:
    found = ogcheck.check_file(SEEDS / f"northbridge-{name}.md")
    assert [p.code for p in found if p.severity is not ogcheck.Severity.NOTE] == codes
    if name == "clean":
        assert found == []


def test_check_text_takes_configuration_as_a_mapping() -> None:
    text = "---\ntitle: Fish &amp; chips\n---\n"
    assert [p.code for p in ogcheck.check_text(text)] == ["TXT010"]
    assert ogcheck.check_text(text, config={"ignore": ["TXT"]}) == []
    with pytest.raises(ogcheck.ConfigError, match="Did you mean ignore"):
        ogcheck.check_text(text, config={"ignored": []})


def test_check_text_as_a_file_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "ogcheck.toml").write_text('ignore = ["escaped-text"]\n')
    text = "---\ntitle: Fish &amp; chips\n---\n"
    assert ogcheck.check_text(text, tmp_path / "a.md") == []
    assert len(ogcheck.check_text(text, tmp_path.parent / "a.md", config={})) == 1


def test_check_paths_streams_in_path_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "c/a.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ntitle: Fish &amp; chips\n---\n")
    found = [Path(p.path).relative_to(tmp_path).as_posix()
             for p in ogcheck.check_paths([tmp_path], config={})]  # fmt: skip
    assert found == ["a.md", "b.md", "c/a.md"]
    with pytest.raises(ogcheck.ConfigError, match="no such file"):
        list(ogcheck.check_paths([tmp_path / "d.md"]))


def test_read_page() -> None:
    page = ogcheck.read_page(SEED)
    assert page is not None
    image = page.written("og:image")
    assert image is not None
    assert page.source.text[slice(*image.span)] == image.value
    assert page.derived("og:site_name").state == "absent"
    assert ogcheck.read_page("README.md", "# No front matter\n") is None


def test_generic_pages_leave_what_is_missing_to_the_template() -> None:
    page = ogcheck.read_page("a.md", "---\ntitle: A\nog_title: A\n---\n", config={})
    assert page is not None
    assert page.derived("og:title").state == "known"
    assert page.derived("og:image").state == "unknown"


def test_now_is_given_to_rules() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert ogcheck.check_text("---\ntitle: A\n---\n", now=now) == []


def _modules(code: str) -> set[str]:
    script = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split()[-1000:])


HEAVY = {"jsonschema", "pathspec", "bs4", "tomlkit", "wcwidth", "turbohtml", "asyncio",
         "hypothesis", "importlib.metadata", "zoneinfo", "rich", "urllib.request",
         "http.client"}  # fmt: skip


def test_importing_ogcheck_loads_nothing_else() -> None:
    assert {m for m in _modules("import ogcheck") if m.startswith("ogcheck")} == {"ogcheck"}


def test_the_version_is_told_before_click_is_imported() -> None:
    loaded = _modules("from ogcheck.cli import main; main(['--version'])")
    assert "click" not in loaded
    assert "yaml" not in loaded


def test_a_valid_release_loads_nothing_that_it_does_not_need() -> None:
    path = SEEDS / "northbridge-clean.md"
    run = f"from ogcheck.cli import main; main(['check', '--isolated', '-q', {str(path)!r}])"
    assert not _modules(run) & HEAVY


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="check_txt"):
        _ = ogcheck.check_txt
    for name in ogcheck.__all__:
        assert getattr(ogcheck, name) is not None
