"""A site is judged from records: what they hold, where its problems stand, who is asked."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ogcheck.api import make_checker
from ogcheck.engine import records
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import Found, files
from ogcheck.engine.run import Outcome, run
from ogcheck.engine.site import Site
from ogcheck.plugins import extended
from ogcheck.problem import Problem, Severity
from ogcheck.rules.base import Context, Example
from ogcheck.rules.examples import SITE, built_text, post
from ogcheck.rules.registry import builtin
from ogcheck.rules.site_base import At, PageFacts, SiteFinding, SitePage, SiteRule

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PLACES = "bridge market street library harbour quay mill school bakery garden pier museum".split()


def write(folder: Path, pages: dict[str, str]) -> None:
    """Write pages below a folder."""
    for path, text in pages.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


def checked(
    folder: Path, *, notes: bool = True, config: dict[str, Any] | None = None, **given: Any
) -> tuple[list[Problem], Site]:
    """The problems of the site in a folder, and the site."""
    made = make_checker(folder, config or {}, NOW, given.get("registry"), site=True)
    checker = Checker(made.resolver, NOW, notes=notes, site=True)
    site = Site(checker)
    for outcome in run(files(["."], folder, checker.resolver), checker):
        site.add(outcome.found, outcome.facts)
    return [raised.problem for raised in site.problems()], site


def sharing(count: int, address: str = "/a/", *lines: str) -> dict[str, str]:
    """Pages of different titles with one address."""
    return {
        f"posts/{number:02}.md": post(
            f"title: Change {number} of {PLACES[number % 12]}", f"canonical_url: {SITE}{address}",
            *lines,
        )
        for number in range(count)
    }  # fmt: skip


def test_ten_others_are_named_and_the_rest_is_counted(tmp_path: Path) -> None:
    write(tmp_path, sharing(11))
    (found,), _ = checked(tmp_path)
    assert [one.path for one in found.related] == [f"posts/{n:02}.md" for n in range(1, 11)]
    assert "not listed" not in str(found.help)
    write(tmp_path, sharing(13))
    (found,), _ = checked(tmp_path)
    assert len(found.related) == 10
    assert str(found.help).endswith("2 more pages are not listed.")


def test_problems_stand_in_path_order_then_by_code(tmp_path: Path) -> None:
    write(tmp_path, sharing(3))
    write(tmp_path, {f"early/{n:02}.md": post(f"title: {one}", f"canonical_url: {SITE}/b/")
                     for n, one in enumerate(["Pier", "Mill", "Quay"])})  # fmt: skip
    same = [f"description: One of many {n // 2}." for n in range(12)]
    write(tmp_path, {f"late/{n:02}.md": post(f"title: Late {PLACES[n]}", same[n])
                     for n in range(12)})  # fmt: skip
    found, _ = checked(tmp_path)
    assert [(one.path, one.code) for one in found] == [
        ("early/00.md", "SIT001"),
        ("late/00.md", "SIT003"),
        ("late/02.md", "SIT003"),
        ("late/04.md", "SIT003"),
        ("late/06.md", "SIT003"),
        ("late/08.md", "SIT003"),
        ("late/10.md", "SIT003"),
        ("posts/00.md", "SIT001"),
    ]


def test_the_page_at_which_it_stands_may_silence_it(tmp_path: Path) -> None:
    write(tmp_path, sharing(3))
    first = tmp_path / "posts/00.md"
    first.write_text(first.read_text().replace("canonical_url:", "# ogcheck: ignore[SIT001] so it "
                                               "is\ncanonical_url:"))  # fmt: skip
    (found,), _ = checked(tmp_path)
    assert found.suppressed
    # No page calls that suppression unused: of one page it cannot be known.
    checker = make_checker(tmp_path, {"select": ["SIT001", "OGX002"]}, NOW, site=True)
    every = [p for one in run(files(["."], tmp_path, checker.resolver), checker)
             for p in one.problems]  # fmt: skip
    assert every == []


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"severity": {"shared-address": "note"}}, ["note"]),
        ({"ignore": ["SIT001"]}, []),
        ({"select": ["OG"]}, []),
        ({"select": ["shared-address"]}, ["error"]),
        ({"overrides": [{"files": ["posts/0*"], "ignore": ["SIT"]}]}, []),
    ],
)
def test_settings_decide_who_is_asked(
    tmp_path: Path, config: dict[str, Any], expected: list[str]
) -> None:
    write(tmp_path, sharing(3))
    found, _ = checked(tmp_path, config=config)
    assert [str(one.severity) for one in found] == expected


def test_notes_that_nobody_asked_for_are_counted(tmp_path: Path) -> None:
    write(tmp_path, {f"{n}.md": post("title: News", f"area: {n}") for n in range(9)})
    write(tmp_path, {"x.md": post("title: Other"), "y.md": post("title: Others")})
    found, site = checked(tmp_path, notes=False)
    assert (found, site.hidden) == ([], 1)
    found, site = checked(tmp_path, notes=False, config={"select": ["SIT002"]})
    assert ([one.code for one in found], site.hidden) == (["SIT002"], 0)


def test_hosts_are_sites_of_their_own(tmp_path: Path) -> None:
    pages = sharing(2)
    pages["posts/01.md"] = pages["posts/01.md"].replace("northbridge", "eastbridge")
    write(tmp_path, pages)
    assert checked(tmp_path)[0] == []


def test_a_page_that_is_gone_is_not_told_of(tmp_path: Path) -> None:
    write(tmp_path, sharing(3))
    checker = make_checker(tmp_path, {}, NOW, site=True)
    site = Site(checker)
    for outcome in run(files(["."], tmp_path, checker.resolver), checker):
        site.add(outcome.found, outcome.facts)
    (tmp_path / "posts/00.md").unlink()
    assert list(site.problems()) == []


class Failing(SiteRule):
    """A rule that fails.

    ## What it does
    Raises.

    ## Why it matters
    The others go on.
    """

    code = "HSE001"
    name = "failing-rule"
    severity = Severity.NOTE
    bad = good = (Example(""),)

    def judge(self, pages: Sequence[SitePage], context: Context) -> Iterable[SiteFinding]:
        """Find the third page, and fail."""
        yield SiteFinding(At(2, "page:title"), "This is lost.")
        raise ZeroDivisionError(pages[0].path)


def test_a_rule_that_raises_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path, sharing(3))
    registry = extended(builtin(), [Failing], "here")
    found, _ = checked(tmp_path, registry=registry)
    assert [(one.path, one.code) for one in found] == [
        ("posts/00.md", "OGX001"),
        ("posts/00.md", "SIT001"),
    ]
    assert (
        "HSE001 failing-rule failed on this site: ZeroDivisionError: posts/00.md"
        in found[0].message
    )


def facts_of(path: str, text: str, folder: Path) -> Outcome:
    """What becomes of one page."""
    write(folder, {path: text})
    checker = make_checker(folder, {}, NOW, site=True)
    (outcome,) = run([Found(str(folder / path), path)], checker)
    return outcome


TRANSLATED = "".join(
    f'<link rel="alternate" hreflang="{one}" href="{SITE}/{one}/news/bridge-closed/">\n'
    for one in ("en", "cy", "ga", "gd", "fr", "de", "pl", "ro")
)


def test_facts_are_plain_and_small(tmp_path: Path) -> None:
    text = built_text({"title": f"<title>{'Bridge ' * 60}</title>"}, last=TRANSLATED)
    facts = facts_of("a/index.html", text, tmp_path).facts
    assert facts is not None
    kinds = {type(one) for one in facts} | {type(one) for one in facts.silent}
    assert kinds <= {str, int, bool, bytes, tuple}
    assert len(facts.alternates) == 8 * 8
    # What is empty, or stands there twice, is kept once.
    size = sys.getsizeof(facts) + sum(map(sys.getsizeof, {*facts} - {"", b"", ()}))
    assert size < 1000
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", post("title: 'A “quoted” title\0'", f"canonical_url: {SITE}/a/")),
        ("a.md", post("title: &amp; |", "draft: true")),
        ("a/index.html", built_text({}, last=TRANSLATED)),
        ("a.md", post("title: [")),
    ],
)
def test_a_record_holds_the_facts(tmp_path: Path, name: str, text: str) -> None:
    outcome = facts_of(name, text, tmp_path)
    for pair in (None, ("public/a.html", "by its place"), ("", "")):
        whole = outcome._replace(pair=pair)
        assert records.outcome(records.written(whole), whole.found) == whole


def test_a_record_of_another_form_is_none(tmp_path: Path) -> None:
    outcome = facts_of("a.md", post("title: Bridge", f"canonical_url: {SITE}/a/"), tmp_path)
    record = records.written(outcome)
    assert outcome.facts is not None
    for old, new in (
        (b'"Bridge"', b"1"),
        (b'"Bridge",', b""),
        (b"[[false", b"[[0"),
        (b'"Bridge"', b'{"a":1}'),
        (b",null]", b",[1]]"),
        (b",null]", b""),
    ):
        assert record.count(old) == 1, old
        with pytest.raises(ValueError):  # noqa: PT011 - any will do
            records.outcome(record.replace(old, new), outcome.found)


def test_of_what_nothing_is_asked_no_facts_are_kept(tmp_path: Path) -> None:
    for text in (post("title: A", "draft: true"), post("title: ["), "No front matter.\n"):
        assert facts_of("a.md", text, tmp_path).facts is None
    page = post("title: A")
    assert facts_of("a.md", page, tmp_path).facts == PageFacts(is_html=False, title="A")
    checker = make_checker(tmp_path, {}, NOW)
    (outcome,) = run([Found(str(tmp_path / "a.md"), "a.md")], checker)
    assert outcome.facts is None
