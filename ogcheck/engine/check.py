"""One page through all that judges it: reader, rules, schema; merged, suppressed, completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ogcheck import vocabulary
from ogcheck.config import ConfigError, Resolver, Settings, globs
from ogcheck.engine import plan as plans
from ogcheck.engine import unused
from ogcheck.engine.plan import Call, Plan
from ogcheck.engine.suppressions import Suppressions
from ogcheck.images import Images
from ogcheck.page import Page
from ogcheck.problem import Finding, Problem, Severity, complete
from ogcheck.readers import NotAPage, read
from ogcheck.rules import registry
from ogcheck.rules.base import Context, Look, Rule
from ogcheck.rules.site_facts import gather
from ogcheck.source import Source

if TYPE_CHECKING:
    from ogcheck.engine.built import Builds
    from ogcheck.rules.pair_base import Pair
    from ogcheck.rules.site_base import PageFacts
    from ogcheck.schema import Schema


class Checked(NamedTuple):
    """What became of one file."""

    problems: list[Problem]
    """By position, then code; suppressed ones included."""
    page: Page | None
    passed_over: str | None
    """Why it was not checked; None if it was."""
    plan: Plan
    hidden: int = 0
    """How many notes there are that nobody asked for; they are not among the problems."""
    lasts: bool = True
    """Whether the same file under the same settings will get the same answer at any later time."""
    facts: PageFacts | None = None
    """What rules about the site will ask of it, where they will run."""
    pair: tuple[str, str] | None = None
    """The page that was built from it, as reports name it, and how it was found; empty where it was
    looked for and not found, None where it was not looked for."""


class Checker:
    """Checks sources under the configuration that governs their paths.

    Without ``notes``, only those of rules that are selected exactly are made into problems, the
    others counted. ``now`` is the present, with its zone. With ``site``, the facts that rules about
    a site need are gathered on the way. ``built`` tells the built pages that sources are compared
    with.
    """

    def __init__(
        self,
        resolver: Resolver,
        now: datetime,
        *,
        notes: bool = True,
        site: bool = False,
        built: Builds | None = None,
    ) -> None:
        self.resolver = resolver
        self.now = now
        self.notes = notes
        self.site = site
        self.built = built
        self.images = Images()
        self._plans: dict[int, tuple[Settings, Plan, Context]] = {}
        self._schemas: dict[tuple[int, str | None], Schema | None] = {}

    def prepared(self, path: Path | str) -> tuple[Settings, Plan, Context]:
        """Settings, plan and context for the page at ``path``. Raises ``ConfigError``."""
        settings = self.resolver.settings(path)
        known = self._plans.get(id(settings))
        if known is None:
            known = (
                settings,
                plans.make(settings, self.resolver.registry),
                settings.context(self.now, self.images),
            )
            self._plans[id(settings)] = known
        return known

    def check(self, source: Source, path: Path) -> Checked:
        """Check ``source``, which stands at ``path`` (absolute). Raises ``ConfigError``."""
        settings, plan, context = self.prepared(path)
        page = read(source, plan.reading)
        if isinstance(page, NotAPage):
            if page.lacks_front_matter and "FM001" in plan.enabled:
                return self._without_front_matter(source, path, page, plan, settings)
            return Checked([], None, page.reason, plan)
        page.place = path
        crashes: list[str] = []
        looks = _Looks(page)
        calls = plan.calls_for(page)
        findings = self._findings(page, plan, context, calls, looks, crashes)
        lasts = not crashes and _lasts(page, context, calls, looks)
        by_schema = False
        # Schemas, whoever chose them, are of front matter: HTML has no tree of data.
        if not page.unreadable and page.html is None and plan.judges_by_schema:
            found = self._schema(page, plan, settings)
            if found is not None:
                by_schema = True
                findings.extend(
                    f
                    for f in _asked(found, page)
                    if f.code in plan.enabled and not _is_too_early(f, page)
                )
        pair = self._pair(page, plan, settings)
        is_site = self.site and bool(plan.site_rules)
        # Of two sources with one address the rules about the site say all that there is to say.
        if pair is not None and not (is_site and pair.taken):
            findings.extend(self._of_pair(pair, plan, context, crashes))
        told = None if pair is None else _page_of(pair)
        facts = None
        if is_site:
            built = "" if told is None else told[0]
            facts = gather(page, context.layout, _spoken_for(findings), built)
        known = Suppressions(page, plan.registry)
        problems, hidden = finish(
            page,
            findings,
            plan,
            known,
            lambda: unused.ran(page, plan, by_schema=by_schema, crashed=crashes),
            notes=self.notes,
        )
        # What another file holds may be something else tomorrow.
        lasts = lasts and not self._compares(page, plan, settings)
        return Checked(problems, page, None, plan, hidden, lasts, facts, told)

    def _without_front_matter(
        self, source: Source, path: Path, why: NotAPage, plan: Plan, settings: Settings
    ) -> Checked:
        """FM001, where the option ``files`` of that rule names the file."""
        rule = plan.registry.rules["FM001"]
        files = settings.options.get("FM001", {}).get("files", ())
        folder = settings.directory or self.resolver.cwd
        inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        if not files or not globs(tuple(files)).match_file(inside):
            return Checked([], None, why.reason, plan)
        finding = Finding(
            "FM001", "The file has no front matter, and should have.", 0,
            source.line_span(1).end, help="Begin it with ---, its keys, and --- again.",
        )  # fmt: skip
        severity = plan.severity.get("FM001", rule.severity)
        problem = complete(finding, source, name=rule.name, severity=severity)
        return Checked([problem], None, None, plan)

    def _schema(self, page: Page, plan: Plan, settings: Settings) -> Schema | None:
        key = (id(settings), page.preset.schema if plan.schema is None else None)
        if key not in self._schemas:
            self._schemas[key] = schema_for(page, plan, settings)
        return self._schemas[key]

    def _findings(
        self,
        page: Page,
        plan: Plan,
        context: Context,
        calls: Iterable[Call],
        looks: _Looks,
        crashes: list[str],
    ) -> list[Finding]:
        """What reader and rules find; the codes of rules that raise are added to ``crashes``."""
        findings = [fault for fault in page.faults if fault.code in plan.enabled]
        for rule, check, where in calls:
            try:
                for look in where:
                    if not looks[look]:
                        break
                else:
                    findings.extend(check(page, context))
            except (Exception, SystemExit) as error:  # perhaps another's: the run goes on
                crashes.append(rule.code)
                findings.append(crashed(rule, page, error))
        return findings

    def _pair(self, page: Page, plan: Plan, settings: Settings) -> Pair | None:
        """``page`` with the page that was built from it, where that is asked for."""
        if not self._compares(page, plan, settings):
            return None
        built = self.built.of(settings) if self.built is not None else None
        if self.built is None or built is None:
            return None
        sources = self.built.sources(page, settings)

        def reading(path: str) -> tuple[Page, Settings] | None:
            try:
                its, own_plan, _ = self.prepared(path)
                other = read(sources.read(path, own_plan.reading.limits.size), own_plan.reading)
            except (OSError, ConfigError):  # what is wrong there is told where it is checked
                return None
            if isinstance(other, NotAPage):
                return None
            other.place = Path(path)
            return other, its

        return built.pair(page, settings, self.now, plan.reading, sources, reading)

    def _compares(self, page: Page, plan: Plan, settings: Settings) -> bool:
        """Whether ``page`` is a source for which there may be a built page."""
        if self.built is None or not plan.pair_rules or page.html is not None:
            return False
        return self.built.folder is not None or settings.layout.build_dir is not None

    def _of_pair(
        self, pair: Pair, plan: Plan, context: Context, crashes: list[str]
    ) -> Iterator[Finding]:
        """What the rules about pairs find; those that raise are told as the others are."""
        for rule in plan.pair_rules:
            try:
                yield from list(rule.compare(pair, context))
            except (Exception, SystemExit) as error:  # perhaps another's: the run goes on
                crashes.append(rule.code)
                yield crashed(rule, pair.source, error)


def _page_of(pair: Pair) -> tuple[str, str]:
    """The page of a pair, as reports name it, and how it was found; empty where there is none."""
    if pair.taken is not None:
        return pair.taken[0], f"{pair.how}, and so is {pair.taken[1]}"
    return ("", "") if pair.built is None else (pair.built.source.path, pair.how)


class _Looks(dict[Look, bool]):
    """What quick looks at a page find, each taken when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __missing__(self, look: Look) -> bool:
        found = self[look] = bool(look(self.page))
        return found


def _spoken_for(findings: list[Finding]) -> set[str]:
    """The codes of rules about a site that leave the page out, because others have spoken."""
    lost: set[str] = set()
    for finding in findings:
        lost.update(registry.SITE_LOSERS.get(finding.code, ()))
    return lost


def _lasts(page: Page, context: Context, calls: Iterable[Call], looks: _Looks) -> bool:
    """Whether all rules that hang on something beside the page will say the same of it later."""
    for rule, _, where in calls:
        if rule.depends_on and all(looks[look] for look in where):
            try:
                if not rule.lasts(page, context):
                    return False
            except (Exception, SystemExit):  # perhaps another's: then nothing is kept
                return False
    return True


def _is_too_early(finding: Finding, page: Page) -> bool:
    """Share metadata that a draft, a redirect or an error page does not have yet."""
    if page.exempt is None or finding.code != "SCH001" or finding.property is None:
        return False
    return not finding.property.startswith("page:")


def crashed(rule: Rule | type[Rule], page: Page, error: BaseException) -> Finding:
    """OGX001 for a rule that raised."""
    span = page.start
    return Finding(
        "OGX001",
        f"The rule {rule.code} {rule.name} failed on this page: {type(error).__name__}: {error}.",
        *span,
        help=f"Its other findings here are not known. Leave it out with --ignore {rule.code}, and "
        "report the fault to its author.",
    )


def schema_for(page: Page, plan: Plan, settings: Settings) -> Schema | None:
    """The schema that the page's front matter has to follow. Raises ``ConfigError``."""
    if plan.schema is None and page.preset.schema is not None:
        from ogcheck import schema

        return schema.load(page.preset.schema)
    return configured_schema(plan, settings)


def configured_schema(plan: Plan, settings: Settings) -> Schema | None:
    """The schema that the settings name; None where they leave it to the preset, or want none.

    Raises ``ConfigError``.
    """
    if plan.schema is False or plan.schema is None:
        return None
    from ogcheck import schema

    try:
        if isinstance(plan.schema, dict):
            return schema.from_object(plan.schema, settings.schema_base)
        return schema.load(plan.schema, settings.schema_base)
    except schema.SchemaError as error:
        if error.line is None:  # there is no such schema
            named = f"schemas: {plan.schema}: {error.message}"
            origin = settings.schema_origin.partition(", schemas ")[0]
            raise ConfigError(named, origin, None, error.help) from None
        raise ConfigError(error.message, error.path, error.line, error.help) from None


def _asked(schema: Schema, page: Page) -> list[Finding]:
    """What the schema says of the page; one that refers to itself without end is an error."""
    from ogcheck.schema import SchemaError

    try:
        return schema.check(page)
    except SchemaError as error:
        raise ConfigError(error.message, error.path, error.line, error.help) from None


def finish(
    page: Page,
    findings: list[Finding],
    plan: Plan,
    known: Suppressions,
    told: Callable[[], unused.Ran],
    *,
    notes: bool = True,
) -> tuple[list[Problem], int]:
    """Problems from findings: the same fault once, suppressions applied, in order.

    Also how many notes were left out, which are those of rules not selected exactly unless
    ``notes`` is true. ``told`` is asked only on a page with suppressions.
    """
    if not findings and not known.exist:
        return [], 0
    merged = merge([weighed(finding, plan) for finding in findings])
    judged: Iterable[tuple[Finding, bool]] = ((one, known.silence(one)) for one in merged)
    if known.exist:
        # Drawn after the others: what silenced nothing is known at the end.
        own = ((weighed(one, plan), is_silent) for one, is_silent in
               unused.findings(known, plan, told()))  # fmt: skip
        judged = chain(judged, own)
    problems: list[Problem] = []
    hidden = 0
    for finding, suppressed in judged:
        severity = finding.severity or Severity.ERROR
        if not suppressed and not plan.shows(finding.code, severity, notes=notes):
            hidden += 1
            continue
        problems.append(completed(finding, page, plan, severity, suppressed=suppressed))
    problems.sort(key=lambda p: (p.offset, p.code, p.end_offset))
    return problems, hidden


def completed(
    finding: Finding, page: Page, plan: Plan, severity: Severity, *, suppressed: bool
) -> Problem:
    """The problem that ``finding`` is on ``page``; OGX001 where it cannot be made."""
    rule = plan.registry.rules[finding.code]
    if finding.code in plan.unfixable:
        finding.fix = None
    try:
        return complete(
            finding, page.source, name=rule.name, severity=severity, suppressed=suppressed
        )
    except Exception as error:  # a span outside the text, or a fix that cannot be made
        return complete(
            crashed(rule, page, error), page.source, name="rule-crashed", severity=Severity.ERROR
        )


def weighed(finding: Finding, plan: Plan) -> Finding:
    """``finding`` with its severity: its own or its rule's, or as configured."""
    if finding.severity is None:
        finding.severity = plan.registry.rules[finding.code].severity
    if plan.severity:
        finding.severity = plan.severity.get(finding.code, finding.severity)
    return finding


def merge(findings: list[Finding]) -> list[Finding]:
    """The findings with each fault said once: see the registry's tables."""
    if len(findings) < 2:
        return findings
    kept = _without_losers([f for f in findings if not f.code.startswith("SCH")])
    for error in findings:
        if not error.code.startswith("SCH"):
            continue
        rules = registry.SCHEMA_PAIRS.get(error.code, ())
        twins = [f for f in kept if f.code in rules and _same_fault(f, error)]
        twin = min(twins, key=lambda f: rules.index(f.code), default=None)
        if twin is None:
            kept.append(error)
        else:
            twin.also = (*twin.also, error)
            if twin.severity is not None and error.severity is not None:
                twin.severity = twin.severity.worse(error.severity)
    return kept


_PARTS = {
    "OG007": ("og:image:alt",),
    "OG008": ("og:image:width", "og:image:height", "og:video:width", "og:video:height"),
}
"""What rules that stand at an image, or a video, find missing of it."""


def _same_fault(rule: Finding, error: Finding) -> bool:
    if rule.code in _PARTS:
        return error.property in _PARTS[rule.code]
    if rule.code == "OG000":
        return error.pointer == "/og" or (error.property or "").startswith("og:")
    if error.code == "SCH009" and error.property in vocabulary.PAGE_URLS:
        return rule.property in vocabulary.PAGE_URLS  # it is about both, and stands at one
    if error.code == "SCH001" and rule.pointer is None and error.pointer is not None:
        # The mapping that would hold it is missing as a whole.
        whole = error.pointer.removeprefix("/")
        return rule.property in (error.property, whole) or (rule.property or "").startswith(
            f"{whole}:"
        )
    if rule.pointer is not None and error.pointer is not None:
        # What is said of one address in two places is at the first, with the others related.
        return rule.pointer == error.pointer or any(
            (place.start, place.end) == (error.start, error.end)
            for place in rule.placed().related
            if place.source is None
        )
    return rule.property is not None and rule.property == error.property


def _without_losers(findings: list[Finding]) -> list[Finding]:
    codes = {f.code for f in findings}
    silent: set[int] = set()
    for one in findings:
        losers = registry.LOSERS.get(one.code)
        if losers is not None and not codes.isdisjoint(losers):
            silent.update(id(f) for f in findings if f.code in losers and _same_property(one, f))
    for winner, others in registry.PAGE_PRECEDENCE:
        if winner in codes and not codes.isdisjoint(others):
            silent.update(id(f) for f in findings if f.code in others)
    return [f for f in findings if id(f) not in silent] if silent else findings


def _same_property(one: Finding, other: Finding) -> bool:
    if one.pointer is not None and other.pointer is not None:
        return one.pointer == other.pointer
    return one.property is not None and one.property == other.property
