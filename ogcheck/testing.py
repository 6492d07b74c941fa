"""For authors of rules: assert what a rule's own examples promise.

    @pytest.mark.parametrize("case", ogcheck.testing.cases(*RULES), ids=str)
    def test_examples(case):
        case.check()

ogcheck's own rules are tested in the same way. A rule that looks at image files gives them with its
examples, as pictures, bytes or texts by path: ``Example(text, config={"site-url": "https://a.example",
"static-dirs": ["static"]}, files={"static/a.png": Picture(1200, 630)})``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ogcheck.api import make_checker
from ogcheck.engine.built import Builds, BuiltPages
from ogcheck.engine.built_sources import Sources
from ogcheck.engine.check import Checker
from ogcheck.engine.discover import Found
from ogcheck.engine.site import Site
from ogcheck.fix import fix_source
from ogcheck.plugins import extended
from ogcheck.problem import Problem
from ogcheck.rules.base import Example, Rule
from ogcheck.rules.pictures import Picture
from ogcheck.rules.registry import Registry, builtin
from ogcheck.source import Source

__all__ = ["NOW", "Case", "Picture", "assert_examples", "cases", "faults", "laid_out", "said"]

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
"""When the examples are checked: some weeks after their releases."""
_HEADINGS = ("## What it does", "## Why it matters")


@dataclass(frozen=True)
class Case:
    """One example of one rule, ready to be checked."""

    rule: type[Rule]
    kind: str
    """``bad`` or ``good``."""
    number: int
    registry: Registry

    def __str__(self) -> str:
        return f"{self.rule.code}-{self.kind}-{self.number}"

    @property
    def example(self) -> Example:
        """The example itself."""
        examples: tuple[Example, ...] = getattr(self.rule, self.kind)
        return examples[self.number]

    def check(self) -> None:
        """Raise ``AssertionError`` where the example does not do what it is there for.

        A bad one fires its rule, and no rule beside those that it names in ``also``; what the rule
        offers as a fix removes the finding and changes nothing else. A good one is silent under all
        rules, ogcheck's own too.
        """
        with laid_out(self.example) as folder:
            self._check(folder)

    def _check(self, folder: Path) -> None:
        found = _problems(self.example, folder, self.registry)
        for problem in found:
            if problem.code == "OGX001":
                raise AssertionError(f"{self}: {problem.message}")
        codes = {problem.code for problem in found}
        folded = {code for code in self.example.also if code.startswith("SCH")}
        expected = set(self.example.also)
        if self.kind == "bad":
            expected = (expected - folded) | {self.rule.code}
            codes -= folded
        if codes != expected:
            said = "\n".join(f"  {p.path}:{p.line}:{p.column} {p.code} {p.message}" for p in found)
            raise AssertionError(
                f"{self}: expected {sorted(expected)}, found {sorted(codes)}\n"
                f"{said or '  nothing'}\n{self.example.text}"
            )
        if self.kind == "bad":
            self._check_fixes(found, folder)

    def _check_fixes(self, found: list[Problem], folder: Path) -> None:
        offered = [p for p in found if p.code == self.rule.code and p.fix is not None]
        if offered and not self.rule.fix:
            raise AssertionError(f"{self}: it offers a fix, and {self.rule.code}.fix is empty")
        if not offered:
            return
        example = self.example
        source = Source.from_text(example.path, example.text)
        checker = self._checker(folder)
        result = fix_source(checker, source, folder / example.path, unsafe=True, notes=True)
        for problem, why in result.refused:
            raise AssertionError(f"{self}: the fix of {problem.code} is not believed: {why}")
        after = _problems(example, folder, self.registry, result.text)
        left = [p for p in after if p.code == self.rule.code and p.fix]
        if left or result.text == example.text:
            raise AssertionError(f"{self}: its fix does not remove the finding\n{result.text}")

    def _checker(self, folder: Path) -> Checker:
        return make_checker(folder, self.example.config, NOW, self.registry)


@contextmanager
def laid_out(example: Example) -> Iterator[Path]:
    """The folder that an example's path is relative to, for as long as it is needed.

    It holds the example's files; where there are none, it is the working directory.
    """
    if not example.files:
        yield Path.cwd()
        return
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for path, contents in example.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(contents.encode() if isinstance(contents, str) else bytes(contents))
        yield folder


def said(example: Example) -> list[Problem]:
    """The problems in an example, by ogcheck's own rules: in it, and in the pages beside it."""
    with laid_out(example) as folder:
        return _problems(example, folder, None)


def _problems(
    example: Example, folder: Path, registry: Registry | None, text: str | None = None
) -> list[Problem]:
    """What is said of an example, of each of its pages, and of the site that they are.

    Pages below ``public/`` are those built from the others. ``text`` replaces the example's own.
    """
    texts = {example.path: example.text if text is None else text, **example.pages}
    sources = {path: Source.from_text(path, one) for path, one in texts.items()}
    checker = make_checker(folder, example.config, NOW, registry, site=bool(example.pages))
    public = [path.removeprefix(_PUBLIC) for path in sources if path.startswith(_PUBLIC)]
    if public and example.pages:
        pages = BuiltPages(
            _PUBLIC, public, lambda file, _: sources[_PUBLIC + file], is_checked=True
        )
        heads = {str(folder / path): one for path, one in sources.items()}
        others = [
            (path, one.text) for path, one in heads.items() if not one.path.startswith(_PUBLIC)
        ]
        checker.built = Builds.known(pages, Sources(others, lambda path, _: heads[path]))
    site = Site(checker, lambda found: sources[found.shown])
    problems: list[Problem] = []
    for path in sorted(sources):
        found = Found(str(folder / path), path)
        checked = checker.check(sources[path], found.path)
        site.add(found, checked.facts)
        problems += checked.problems
    problems += [raised.problem for raised in site.problems()]
    return [problem for problem in problems if not problem.suppressed]


_PUBLIC = "public/"


def cases(*rules: type[Rule]) -> list[Case]:
    """Every example of ``rules``, which are checked beside ogcheck's own.

    Raises ``AssertionError`` for a rule that cannot be used, or lacks documentation or examples.
    """
    known = builtin()
    try:
        known = extended(known, [r for r in rules if r not in known.rules.values()], "these rules")
    except ValueError as error:
        raise AssertionError(str(error)) from None
    for rule in rules:
        for fault in faults(rule):
            raise AssertionError(f"{rule.code}: {fault}")
    return [
        Case(rule, kind, number, known)
        for rule in rules
        for kind in ("bad", "good")
        for number in range(len(getattr(rule, kind)))
    ]


def assert_examples(*rules: type[Rule]) -> None:
    """Check every example of ``rules``. Raises ``AssertionError`` at the first that fails."""
    for case in cases(*rules):
        case.check()


def faults(rule: type[Rule]) -> Iterator[str]:
    """What a rule's documentation and examples lack."""
    text = rule.__doc__ or ""
    first = text.strip().partition("\n")[0]
    if not first.endswith(".") or first.startswith("#"):
        yield "its docstring begins with one sentence that ends in a full stop"
    for heading in _HEADINGS:
        if not re.search(rf"^\s*{heading}$", text, re.MULTILINE):
            yield f"its docstring has no heading {heading}"
    if ("## Fix" in text) != bool(rule.fix):
        yield "its docstring has a heading ## Fix exactly if it offers a fix"
    for kind in ("bad", "good"):
        if not getattr(rule, kind) and not rule.code.startswith("OGX"):
            yield f"it has no {kind} example"
