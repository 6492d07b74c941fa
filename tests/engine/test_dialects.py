"""One post in every dialect: the same problems at the same values, and the same after fixing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import ogcheck
from ogcheck.page import Page
from ogcheck.readers import read
from ogcheck.source import Source
from ogcheck.testing import NOW

POST: dict[str, Any] = {
    "title": "Harbour bridge closed &amp; fenced off",
    "date": "2026-03-26T10:00:00+00:00",
    "canonical_url": "https://www.northbridge.example/news/bridge/",
    "og": {
        "title": "Harbour bridge closed &amp; fenced off",
        "description": "The bridge is closed to all traffic until the repairs are done in May.",
        "type": "Article",
        "image": [
            {"url": "https://www.northbridge.example/media/bridge.jpg", "alt": "The bridge at noon"}
        ],
        "site": "Northbridge",
    },
    "article": {"tag": "bridge, harbour, repairs"},
}
"""Something to rewrite (&amp;), to replace (Article), to rename (site), to insert (og:url), and to
divide (the tags)."""
CONFIG = {"preset": "generic"}


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _toml(value)


def _tables(post: dict[str, Any]) -> str:
    lines = [f"{k} = {_toml(v)}" for k, v in post.items() if not isinstance(v, dict)]
    for key in ("og", "article"):
        lines += ["", f"[{key}]"]
        lines += [f"{k} = {_toml(v)}" for k, v in post[key].items() if isinstance(v, str)]
        for k, v in post[key].items():
            for item in v if isinstance(v, list) else ():
                lines += ["", f"[[{key}.{k}]]", *(f"{a} = {_toml(b)}" for a, b in item.items())]
    return "\n".join(lines) + "\n"


def _dotted(post: dict[str, Any]) -> str:
    lines = []
    for key, value in post.items():
        if isinstance(value, dict):
            lines += [f"{key}.{k} = {_inline(v)}" for k, v in value.items()]
        else:
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _braces(post: dict[str, Any]) -> str:
    return "".join(f"{key} = {_inline(value)}\n" for key, value in post.items())


def _yaml(post: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(post, sort_keys=False, allow_unicode=True, width=200)
    return text


def _json(post: dict[str, Any]) -> str:
    return json.dumps(post, indent=2, ensure_ascii=False)


Writer = Callable[[dict[str, Any]], str]
DIALECTS: dict[str, tuple[str, Writer, str]] = {
    "yaml": ("a.md", _yaml, "---\n{}---\nText.\n"),
    "yaml named": ("a.md", _yaml, "---yaml\n{}---\nText.\n"),
    "yaml data": ("a.yaml", _yaml, "{}"),
    "yaml code": ("a.md", _yaml, "```yaml\n{}```\nText.\n"),
    "toml": ("a.md", _tables, "+++\n{}+++\nText.\n"),
    "toml dotted": ("a.md", _dotted, "+++\n{}+++\nText.\n"),
    "toml inline": ("a.md", _braces, "+++\n{}+++\nText.\n"),
    "toml named": ("a.md", _tables, "---toml\n{}---\nText.\n"),
    "toml data": ("a.toml", _tables, "{}"),
    "toml code": ("a.md", _tables, "```toml\n{}```\nText.\n"),
    "json": ("a.md", _json, "{}\nText.\n"),
    "json on one line": ("a.md", json.dumps, "{}\nText.\n"),
    "json without braces": ("a.md", lambda post: _json(post)[2:-2], ";;;\n{}\n;;;\nText.\n"),
    "json named": ("a.md", _json, "---json\n{}\n---\nText.\n"),
    "json data": ("a.json", _json, "{}\n"),
    "json code": ("a.md", _json, "```json\n{}\n```\nText.\n"),
}


def _text(dialect: str, newline: str = "\n") -> tuple[str, str]:
    path, write, frame = DIALECTS[dialect]
    return path, frame.replace("{}", write(POST)).replace("\n", newline)


def _page(path: str, text: str) -> Page:
    page = read(Source(path, text))
    assert isinstance(page, Page)
    return page


def _said(path: str, text: str) -> list[tuple[object, ...]]:
    found = ogcheck.check_text(text, path, config=CONFIG, now=NOW)
    return sorted(
        (p.code, str(p.severity), p.property or "", p.pointer or "", p.message,
         text[p.offset : p.end_offset].strip("'\"") if p.pointer else "", p.fix is not None)
        for p in found
    )  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_same_problems_at_the_same_values(dialect: str, newline: str) -> None:
    path, text = _text(dialect, newline)
    assert _page(path, text).data == POST
    expected = _said(*_text("yaml"))
    assert [one[0] for one in expected] == ["OG011", "OG014", "OG023", "TXT010", "TXT010"]
    assert _said(path, text) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_kind_of_fix_gives_the_same_post(dialect: str, newline: str) -> None:
    path, text = _text(dialect, newline)
    config = {
        "preset": "release",
        "select": ["OG003", "OG011", "OG014", "OG023", "TXT010"],
    }
    result = ogcheck.fix_text(text, path, config=config, unsafe=True, notes=True, now=NOW)
    assert not result.refused
    assert {p.code for p in result.fixed} == {"OG003", "OG011", "OG014", "OG023", "TXT010"}
    title = "Harbour bridge closed & fenced off"
    og = {k: v for k, v in POST["og"].items() if k != "site"}
    assert _page(path, result.text).data == {
        **POST,
        "title": title,
        "og": {**og, "title": title, "type": "article", "site_name": "Northbridge",
               "url": "https://www.northbridge.example/news/bridge/"},
        "article": {"tag": ["bridge", "harbour", "repairs"]},
    }  # fmt: skip
    if newline == "\r\n":
        assert "\n" not in result.text.replace("\r\n", "")
    again = ogcheck.fix_text(result.text, path, config=config, unsafe=True, notes=True, now=NOW)
    assert again.text == result.text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("+++\n# ogcheck: ignore[TXT010] as it was sent\ntitle = 'a &amp; b'\n+++\n", []),
        ("+++\ntitle = 'a &amp; b' # ogcheck: ignore\n+++\n", []),
        ("+++\ntitle = 'a &amp; b' # ogcheck: ignore[escaped-text]\n+++\n", []),
        ("+++\nlang = 'en' # ogcheck: ignore[TXT010]\ntitle = 'a &amp; b'\n+++\n", ["TXT010"]),
        ("+++\ntitle = 'a &amp; b # ogcheck: ignore'\n+++\n", ["TXT010"]),
        ('+++\ntitle = """\na &amp; b\n# ogcheck: ignore\n"""\n+++\n', ["TXT010"]),
        ('+++\ntitle = """\na &amp; b\n""" # ogcheck: ignore\n+++\n', ["TXT010"]),
        ('+++\n# ogcheck: ignore[TXT010]\ntitle = """\na &amp; b\n"""\n+++\n', []),
        ('{"title": "a &amp; b # ogcheck: ignore"}\n', ["TXT010"]),
        ('{"title": "a &amp; b" # ogcheck: ignore\n}\n', ["FM002"]),
    ],
)
def test_comments_of_toml_silence_and_json_has_none(text: str, codes: list[str]) -> None:
    found = ogcheck.check_text(text, "a.md", config={"select": ["TXT010", "FM"]}, now=NOW)
    assert [p.code for p in found if not p.suppressed] == codes


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("+++\ntitle = Bridge closed\n+++\n", '+++\ntitle = "Bridge closed"\n+++\n'),
        ('{\n  "title": "Bridge",\n}\n', '{\n  "title": "Bridge"\n}\n'),
        ("\ufeff+++\ntitle = 'Bridge'\n+++\n", "+++\ntitle = 'Bridge'\n+++\n"),
    ],
)
def test_what_keeps_front_matter_from_being_read_is_mended(text: str, mended: str) -> None:
    result = ogcheck.fix_text(text, "a.md", config={"select": ["FM"]}, notes=True, now=NOW)
    assert result.text == mended


@pytest.mark.parametrize(
    "text", ["+++\ntitle = 'no'\ndescription = true\n+++\n", '{"title": 1.10, "author": "12:30"}\n']
)
def test_types_that_are_written_are_not_implicit(text: str) -> None:
    assert not ogcheck.check_text(text, "a.md", config={"select": ["FM008", "FM010"]}, now=NOW)


def test_a_program_is_passed_over_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ogcheck.cli import main

    (tmp_path / "a.md").write_text("---js\n{ title: process.exit(7) }\n---\n")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--verbose", "a.md"]) == 0
    said = capsys.readouterr().err
    assert "a.md: passed over: its front matter is JavaScript, which is never run" in said
