"""The published schema of the configuration says what the command says of one."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from ogcheck import schema
from ogcheck.config import ConfigError, Resolver

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(schema.published_text("config"))

GOOD = (
    "",
    (ROOT / "seeds" / "ogcheck.toml").read_text("utf-8"),
    'fail-on = "never"\nselect = ["ALL"]\nignore = ["IMG", "escaped-text", "ACME001"]',
    '[severity]\nTXT003 = "warning"\ntitle-mismatch = "note"',
    "[rules.TXT001]\nstrict-titles = true",
    '[rules.OG021]\nlist-pages = ["index"]',
    '[[schemas]]\nfiles = ["a"]\nschema = false',
    '[[schemas]]\nfiles = ["a"]\nschema = { type = "object" }',
    '[[overrides]]\nfiles = ["a/**"]\npreset = "generic"\nseverity = { URL = "note" }',
    'plugins = []\nrequired-version = ">=0.1"\nplatforms = ["WhatsApp"]\nlocale = "en_GB"',
)
BAD = (
    "unknown = 1",
    'fail-on = "sometimes"',
    'preset = "nowhere"',
    "select = [1]",
    'select = "ALL"',
    'platforms = ["Whatsap"]',
    'site-url = "www.northbridge.example"',
    'severity = { TXT003 = "loud" }',
    "[rules.TXT001]\nstrict-titles = 1",
    "[rules.TXT001]\nstrict = true",
    "[rules]\nTXT001 = true",
    "[rules.FM009]\nmax-depth = 0",
    "[[overrides]]\nignore = []",
    '[[overrides]]\nfiles = ["a"]\nfail-on = "never"',
    '[[schemas]]\nfiles = ["a"]\nschema = true',
    '[[schemas]]\nfiles = ["a"]\nschema = "b"\nextra = 1',
    "exclude = [{}]",
)


def _taken(text: str, tmp_path: Path) -> bool:
    (tmp_path / ".git").mkdir(exist_ok=True)
    (tmp_path / "ogcheck.toml").write_text(text.replace("ACME001", "TXT001"))
    try:
        Resolver(tmp_path).settings(tmp_path / "a.md")
    except ConfigError:
        return False
    return True


@pytest.mark.parametrize("text", GOOD)
def test_what_the_command_takes_the_schema_takes(text: str, tmp_path: Path) -> None:
    jsonschema.validate(tomllib.loads(text), SCHEMA)
    assert _taken(text, tmp_path)


@pytest.mark.parametrize("text", BAD)
def test_what_the_command_refuses_the_schema_refuses(text: str, tmp_path: Path) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA)
    assert not _taken(text, tmp_path)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
