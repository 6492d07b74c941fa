"""The programs that ogcheck is measured beside, where they are installed.

    npm install remark-cli remark-frontmatter remark-lint-frontmatter-schema @unhead/cli
    pip install check-jsonschema
    apt-get install ruby-html-proofer

None does what ogcheck does: each judges a part of it. remark's plugin validates front matter by the
same schema, in draft 7, which is what it reads, and without the formats and the keyword that are
ours: it would tell for every file that it does not know them. check-jsonschema validates the bare
YAML of one file. unhead and html-proofer look at the heads of built pages.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import Command

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "schemas" / "release.schema.json"
_RC = """\
import frontmatter from "remark-frontmatter";
import schema from "remark-lint-frontmatter-schema";
export default { plugins: [frontmatter, [schema, { schemas: { "schema.json": ["**/*.md"] } }]] };
"""


class Peers:
    """What is installed; ``node`` is the folder that has ``node_modules``."""

    def __init__(self, node: Path) -> None:
        self.modules = (node / "node_modules").absolute()
        self.missing: list[str] = []

    def remark(self, folder: Path) -> Iterator[tuple[str, Command]]:
        """remark on the releases below ``folder``, into which its configuration is written."""
        program = self._node("remark", "remark-lint-frontmatter-schema")
        if program is None:
            return
        (folder / ".remarkrc.mjs").write_text(_RC)
        schema = _without_ours(json.loads(SCHEMA.read_text("utf-8")))
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
        (folder / "schema.json").write_text(json.dumps(schema))
        modules = folder / "node_modules"
        if not modules.is_symlink():
            modules.symlink_to(self.modules)
        yield "remark", Command([program, "--quiet", "--frail", "news"], folder)

    def check_jsonschema(self, file: Path) -> Iterator[tuple[str, Command]]:
        """check-jsonschema on one file of YAML."""
        program = self._found("check-jsonschema")
        if program is not None:
            words = [program, "--schemafile", str(SCHEMA), file.name]
            yield "check-jsonschema", Command(words, file.parent)

    def pages(self, folder: Path) -> Iterator[tuple[str, Command]]:
        """unhead and html-proofer on the built pages below ``folder``."""
        unhead = self._node("unhead", "@unhead/cli")
        if unhead is not None:
            yield "unhead", Command([unhead, "validate-html", "news"], folder)
        proofer = self._found("htmlproofer")
        if proofer is not None:
            others = "ImageCheck,LinkCheck,ScriptCheck"
            words = [proofer, "--check-opengraph", "--disable-external",
                     "--checks-to-ignore", others, "news"]  # fmt: skip
            yield "htmlproofer", Command(words, folder)

    def _node(self, program: str, package: str) -> str | None:
        path = self.modules / ".bin" / program
        if path.exists() and (self.modules / package).is_dir():
            return str(path)
        self._lacks(package)
        return None

    def _found(self, program: str) -> str | None:
        path = shutil.which(program)
        if path is None:
            self._lacks(program)
        return path

    def _lacks(self, name: str) -> None:
        if name not in self.missing:
            self.missing.append(name)


def _without_ours(schema: Any) -> Any:
    """A schema without formats and ``x-same-page``; a property may well be called ``format``."""
    if isinstance(schema, list):
        return [_without_ours(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_ours(value)
        for key, value in schema.items()
        if key != "x-same-page" and not (key == "format" and isinstance(value, str))
    }
