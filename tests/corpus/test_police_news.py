"""1,767 real releases: ogcheck's findings against a count that knows nothing of ogcheck."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import ogcheck
from ogcheck.rules.page_facts import title_affix

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "corpus" / "police-news"

pytestmark = pytest.mark.skipif(
    not NEWS.is_dir(), reason="the corpus of real releases (../shared/corpus) is not there"
)

Files = dict[str, set[str]]


def _independent() -> ModuleType:
    path = ROOT / "tests" / "independent" / "count_releases.py"
    spec = importlib.util.spec_from_file_location("count_releases", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["count_releases"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def counted() -> Any:
    """What the independent count found."""
    return _independent().count(NEWS)


@pytest.fixture(scope="module")
def problems() -> list[ogcheck.Problem]:
    """What ogcheck found, without any configuration."""
    return list(ogcheck.check_paths([NEWS], config={}))


@pytest.fixture(scope="module")
def found(problems: list[ogcheck.Problem]) -> dict[str, Files]:
    """Files by code and property."""
    table: dict[str, Files] = defaultdict(lambda: defaultdict(set))
    for problem in problems:
        place = str(Path(problem.path).relative_to(NEWS) if Path(problem.path).is_absolute()
                    else (Path.cwd() / problem.path).relative_to(NEWS))  # fmt: skip
        table[problem.code][problem.property or ""].add(place)
    return table


def _files(answer: Any) -> Files:
    return {name: set(one["files"]) for name, one in answer.items()}


def test_every_release_is_read_and_no_rule_crashes(
    counted: Any, problems: list[ogcheck.Problem]
) -> None:
    assert counted["releases"] == 1767
    codes = {p.code for p in problems}
    assert not codes & {"OGX001", "OGX004", "FM002", "FM005", "FM006", "FM009"}


def test_entities_by_property(counted: Any, found: dict[str, Files]) -> None:
    expected = _files(counted["entities_by_property"]["by_property"])
    # Where one address stands in og:image and twitter:image it is said once, at the first.
    assert expected.pop("twitter:image") <= expected["og:image"]
    assert found["TXT010"] == expected


def test_how_many_references_are_said(counted: Any, problems: list[ogcheck.Problem]) -> None:
    said: dict[str, int] = defaultdict(int)
    for problem in problems:
        if problem.code == "TXT010":
            assert problem.fix is not None
            assert problem.fix.safe
            match = re.search(r"holds (\d+|a) character reference", problem.message)
            assert match is not None
            said[problem.property or ""] += 1 if match[1] == "a" else int(match[1])
    twins = sum(
        p.code == "TXT010" and any("twitter:image" in r.message for r in p.related)
        for p in problems
    )
    expected = dict(counted["entities_by_property"]["references"])
    assert expected.pop("twitter:image") == twins  # one reference in each
    assert said == expected


def test_urls(counted: Any, found: dict[str, Files]) -> None:
    differences = _files(counted["url_differences"]["by_class"])
    different = differences["path"] | differences["path+query"]
    assert found["URL001"] == {"og:url": different}
    assert found["URL004"]["og:url"] == differences["encoded whole"]
    assert found["URL004"]["og:url"] == set(counted["percent_encoded_urls"]["og:url"]["files"])
    assert "form" not in differences
    assert not found["URL002"]
    assert counted["fragments"] == {}
    assert not found["URL010"]
    assert counted["home_page_urls"] == {}
    assert not found["URL011"]


def test_staging_hosts_are_said_once_a_page(counted: Any, found: dict[str, Files]) -> None:
    staging = _files(counted["staging_hosts"])
    assert found["URL006"] == {"og:url": staging["og:url"]}
    assert staging["og:url"] == staging["og:image"]


def test_urls_that_are_not_absolute(counted: Any, found: dict[str, Files]) -> None:
    expected = {
        name: set(kinds["relative"]["files"])
        for name, kinds in counted["relative_urls"].items()
        if "relative" in kinds
    }
    # Where one address stands in og:image and twitter:image it is said once, at the first.
    assert expected.pop("twitter:image") <= expected["og:image"]
    assert found["URL003"] == expected


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("OG001", "og:title"),
        ("OG002", "og:image"),
        ("OG003", "og:url"),
        ("OG004", "og:type"),
        ("OG005", "og:description"),
    ],
)
def test_missing_fields(counted: Any, found: dict[str, Files], code: str, name: str) -> None:
    assert found[code] == {name: set(counted["missing"][name]["files"])}


def test_a_release_without_any_og_is_one_problem(
    counted: Any, problems: list[ogcheck.Problem]
) -> None:
    without = set(counted["missing"]["no og at all"]["files"])
    by_file: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        by_file[str((Path.cwd() / problem.path).relative_to(NEWS))].append(problem.code)
    requiring = {f"OG00{n}" for n in range(9)} | {"SCH001"}
    assert {f for f, codes in by_file.items() if "OG000" in codes} == without
    for name in without:
        assert [c for c in by_file[name] if c in requiring] == ["OG000"]


def test_site_names_are_asked_for_once(counted: Any, found: dict[str, Files]) -> None:
    # A title that carries an undeclared name is TXT003, which speaks for OG006.
    asked = found["OG006"]["og:site_name"] | set().union(*found["TXT003"].values())
    assert asked == set(counted["missing"]["og:site_name"]["files"])


def test_images_without_description(counted: Any, found: dict[str, Files]) -> None:
    assert set().union(*found["OG007"].values()) == set(counted["missing"]["og:image:alt"]["files"])


def test_types_in_capitals(counted: Any, found: dict[str, Files]) -> None:
    assert found["OG014"] == {"og:type": set(counted["article_type"]["Article"]["files"])}


def test_title_mismatches(counted: Any, found: dict[str, Files]) -> None:
    relations = _files(counted["titles"]["relations"])
    mismatched = found["TXT001"]["og:title"]
    assert mismatched <= relations["neither"]
    # What ogcheck rightly lets pass: cut with an ellipsis, other typography, an "UPDATE:" before.
    passed = {d["path"]: (d["title"], d["og:title"]) for d in counted["titles"]["differences"]
              if d["path"] not in mismatched}  # fmt: skip
    for title, shared in passed.values():
        assert "..." in title or "…" in title or "×" in title or shared.startswith("UPDATE: ")
    assert len(passed) == 8


def test_affixes(counted: Any) -> None:
    relations = _files(counted["titles"]["relations"])
    affixes = counted["titles"]["affixes"]
    seen: dict[str, int] = defaultdict(int)
    for kind, carrier in (
        ("title has a suffix", "page:title"),
        ("title has a prefix", "page:title"),
        ("og:title has a suffix", "og:title"),
    ):
        names = {a.strip(" |-").split(" | ")[-1].split(" - ")[0] for a in affixes[kind]}
        for path in relations[kind]:
            page = ogcheck.read_page(NEWS / path, config={})
            assert page is not None
            affix = title_affix(page)
            assert affix is not None, path
            assert affix[0].name == carrier
            assert affix[1].text in names
            seen[kind] += 1
    assert seen == {kind: len(relations[kind]) for kind in seen}


def test_bare_separators(counted: Any, found: dict[str, Files]) -> None:
    relations = _files(counted["titles"]["relations"])
    assert found["TXT015"] == {"page:title": relations["title has a bare separator"]}


def test_dates_and_locales_are_all_accepted(counted: Any, found: dict[str, Files]) -> None:
    assert counted["dates"]["none"] == []
    assert counted["locales"]["malformed"] == {}
    assert not found["DAT001"]
    assert not found["DAT005"]
    assert not found["LOC001"]


def test_small_renditions(counted: Any, found: dict[str, Files]) -> None:
    small = _files(counted["small_renditions"])
    assert found["IMG002"]["og:image"] == small["og:image by query"] | small["og:image by path"]


def test_default_images(counted: Any, found: dict[str, Files]) -> None:
    assert found["IMG003"] == _files(counted["default_images"])


def test_whitespace(counted: Any, found: dict[str, Files]) -> None:
    expected: Files = defaultdict(set)
    for kind in ("line break", "zero width", "a space beside a no-break space"):
        for name, one in counted["whitespace"][kind].items():
            expected[name] |= set(one["files"])
    assert found["TXT013"] == expected
