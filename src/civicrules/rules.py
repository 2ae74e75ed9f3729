"""The friendly door: load a ruleset once, then check plans, ask for values, count contests, divide seats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import evolve, field

from civicrules import tally
from civicrules.ballots import Ballots, Choice, RowAccount
from civicrules.builtins import registry as builtin_registry
from civicrules.counted import chosen_of, outcome_words
from civicrules.diagnostics import Diagnostic, Severity, has_errors
from civicrules.evaluation import Evaluator, prepare
from civicrules.evaluation.across import apart, called, together
from civicrules.evaluation.waivers import waived
from civicrules.facts import Facts, election_day
from civicrules.findings import Across, Beside, Count, Finding, Number, Reason, Report, RulesetInfo, Verdict
from civicrules.library import Library, shipped
from civicrules.outcome import CannotSay, Decision, DecisionRequired, Outcome, Question, Void
from civicrules.pipeline import Compiled, compile_source
from civicrules.plans import PlanFile, open_plan
from civicrules.plugin import Method, Registry
from civicrules.plugins import for_name, guarded
from civicrules.program import Allocation, Contest, Force, Names, Program, identifier
from civicrules.reading import Binder, from_mapping, header, in_two_communities
from civicrules.reading import prepare as prepare_binder
from civicrules.source import Source
from civicrules.suggest import nearest
from civicrules.tested import Coverage
from civicrules.tested import Outcome as ExampleOutcome
from civicrules.values import frozen

if TYPE_CHECKING:
    from civicrules.derived import Derived
    from civicrules.evaluation.contests import Totals
    from civicrules.evaluation.requests import Bound

# How many diagnostics the message of an error holds; all are in its `diagnostics`.
_SHOWN = 3


class RulesetError(Exception):
    """A ruleset could not be used; `diagnostics` say why, each at its place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        from civicrules.report.diagnostics import render, summary

        shown = render(self.diagnostics[:_SHOWN], "en", width=100)
        super().__init__(f"{summary(self.diagnostics, 'en')}\n{shown}")


def compile(
    text: str | Source, library: Library | None = None, registry: Registry | None = None, origin: str = ""
) -> Compiled:
    """Compile a text: the Program and its diagnostics. Never raises for what the text contains.

    >>> compile("civicrules 1 en\\n").diagnostics[0].code
    'CR0301'
    """
    source = text if isinstance(text, Source) else Source("<text>", text)
    return compile_source(source, library or shipped(), registry or builtin_registry(), origin)


def load(
    name: str | Path | None = None,
    *,
    text: str | None = None,
    language: str | None = None,
    library: Library | None = None,
    registry: Registry | None = None,
) -> Rules:
    """A ruleset by name, from a file, or from a text. RulesetError when it cannot be used.

    `language` picks the language version of a ruleset that has several; names in facts may be in either all the same.

    >>> load("cn.district-2012").program.id
    'cn.district-2012'
    """
    library = library or shipped()
    registry = registry or builtin_registry()
    if text is not None:
        return Rules.of(compile(text, library, registry))
    if isinstance(name, Path):
        try:
            source = Source(name.name, name.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise RulesetError([Diagnostic("CR0341", None, {"file": str(name)})]) from None
        return Rules.of(compile(source, library, registry, str(name.parent)))
    registry, found, problems = find_ruleset(str(name), language, library, registry)
    if found is None:
        raise RulesetError(problems)
    return Rules.of(compile_source(found[0], library, registry, found[1]))


def find_ruleset(
    name: str, language: str | None, library: Library, registry: Registry
) -> tuple[Registry, tuple[Source, str] | None, tuple[Diagnostic, ...]]:
    """The text of a ruleset and where it was taken from: from the library, else from an installed plugin."""
    found = library.find("ruleset", name, language)
    if found is not None:
        return registry, (found.source, found.origin), ()
    problems: tuple[Diagnostic, ...] = ()
    if not registry.rulesets(name):
        registry, problems = for_name("ruleset", name, registry, None)
    for plugin, text in registry.rulesets(name):
        texts, more = guarded(plugin, name, text.load, dict, None)
        if texts:
            source = texts.get(language) or next(iter(texts.values()))
            return registry, (source, f"{plugin.name} {plugin.version}"), problems
        problems = (*problems, *more)
    names = list(library.names("ruleset"))
    data = {"name": name, "suggestions": nearest(name.removesuffix(".civic"), names), "known": tuple(names)}
    return registry, None, (*problems, Diagnostic("CR0342", None, data))


@frozen(eq=False)
class BoundContest:
    """A contest of a ruleset with the facts of one plan, ready to be counted."""

    rules: Rules
    contest: Contest
    facts: Facts

    def request(self, totals: Totals | None = None, ballots: Ballots | None = None) -> Bound:
        """What `tally` counts: posts, candidates' totals (or the papers), ballot account, thresholds, requirements."""
        from civicrules.evaluation.boxes import with_boxes
        from civicrules.evaluation.contests import bind_contest

        bound = bind_contest(self.rules.evaluator, self.contest, self.facts, self.totals(totals), ballots)
        return with_boxes(bound, self.rules.fixed(self.contest, bound.request)) if any(bound.boxes) else bound

    def ballots(
        self, source: Path | Sequence[Path] | str | bytes
    ) -> tuple[Ballots | None, RowAccount, tuple[Diagnostic, ...]]:
        """The papers of a file (or of several, which add up), read with the candidates that stand; what became of its rows.

        A `str` or `bytes` is the content itself. Never raises for what it holds.
        """
        from civicrules.evaluation.boxes import heads_differ, papers_differ
        from civicrules.reading.ballots import read_ballots

        bound = self.request()
        posts = bound.request.posts if isinstance(bound.request, tally.Contest) else ()
        standing = [Choice(one.id, post.id, one.list) for post in posts for one in post.candidates]
        lists = {(post.id, one.list) for post in posts for one in post.candidates if one.list}
        slates = bound.request.lists if isinstance(bound.request, tally.Contest) else ()
        lists |= {(post.id, slate.id) for post in posts for slate in slates}
        standing.extend(Choice("", post, id) for post, id in sorted(lists))
        names = {post.id: bound.names.get(post.id, Names()) for post in posts}
        ballots, account, told = read_ballots(source, choices=standing, posts=names)
        differing = heads_differ(bound.request, account) if isinstance(bound.request, tally.Contest) else ()
        return ballots, account, (*told, *differing, *(papers_differ(bound.boxes[0], account) if bound.boxes else ()))

    def totals(self, totals: Mapping[str, Any] | None) -> Totals | None:
        """Totals by the id of the post, whichever language's name the caller used."""
        if totals is None:
            return None
        posts = self.contest.parameters.get("posts")
        named = posts if isinstance(posts, tuple) else ()
        ids = {form: str(post) for post in named for form in self.rules.post_forms(str(post))}
        found: dict[str, dict[str, int | None]] = {}
        for name, votes in totals.items():
            id = ids.get(identifier(name)) if isinstance(name, str) else None
            if id is None:
                raise ValueError(f"there is no post {name!r}{_perhaps(str(name), ids)}")
            if id in found:
                raise ValueError(f"the post {name!r} is given twice")
            found[id] = _votes(name, votes)
        return found

    def count(
        self, totals: Totals | None = None, decisions: Sequence[Decision] = (), ballots: Ballots | None = None
    ) -> Outcome:
        """Count it: on the plan's own totals, or on `totals` (post → candidate → votes) or `ballots` given here.

        A post that `totals` leave out is not known, and so cannot be said. ValueError for a post that the contest does
        not have, for one given twice under two names, for votes that are no whole number.
        """
        if not self.rules.offers(self.contest):
            return _UNCOUNTABLE
        bound = self.request(totals, ballots)
        return self.rules.run(self.contest.method, bound.request, decisions)[0]


@frozen(eq=False)
class BoundAllocation:
    """An allocation of a ruleset with the facts of one plan."""

    rules: Rules
    allocation: Allocation
    facts: Facts

    def request(self) -> Bound:
        """What `tally` divides: receivers with weights and bounds, and the seats."""
        from civicrules.evaluation.allocations import bind_allocation

        return bind_allocation(self.rules.evaluator, self.allocation, self.facts)

    def seats(self, decisions: Sequence[Decision] = ()) -> Outcome:
        """Divide the seats."""
        if not self.rules.offers(self.allocation):
            return _UNCOUNTABLE
        return self.rules.run(self.allocation.method, self.request().request, decisions)[0]


@frozen(eq=False)
class Rules:
    """A ruleset, ready to use. Immutable; safe to share between threads; keeps nothing between calls."""

    program: Program
    evaluator: Evaluator
    binder: Binder
    registry: Registry
    diagnostics: tuple[Diagnostic, ...] = ()
    origin: str = ""
    _methods: Mapping[str, tuple[Any, Method]] = field(factory=dict, repr=False)

    @classmethod
    def of(cls, compiled: Compiled) -> Rules:
        """From a compilation; RulesetError when it has errors."""
        if compiled.program is None or has_errors(compiled.diagnostics):
            raise RulesetError(compiled.diagnostics)
        owners = compiled.registry.functions()
        functions = {identifier(function.names.text("en")): function for _, function in owners}
        named = {identifier(function.names.text("en")): plugin.name for plugin, function in owners}
        evaluator = prepare(compiled.program, functions, named)
        methods = {method.id: (plugin, method) for plugin, method in compiled.registry.methods()}
        binder = prepare_binder(compiled.program.vocabulary, compiled.program.language)
        return cls(
            compiled.program, evaluator, binder, compiled.registry, compiled.diagnostics, compiled.origin, methods
        )

    @property
    def info(self) -> RulesetInfo:
        """Which ruleset this is, for reports."""
        program = self.program
        return RulesetInfo(program.id, program.title, program.version, program.digest, self.origin, program.covers)

    # -- facts

    def facts(self, given: object) -> tuple[Facts, tuple[Diagnostic, ...]]:
        """Facts from a mapping, an object, a path or a plan's file, and everything that could not be understood."""
        if isinstance(given, Facts):
            return given, ()
        if isinstance(given, Path):
            given = open_plan(given, self.registry)
        if isinstance(given, PlanFile):
            if given.raw is None:
                return Facts(name=given.name), given.diagnostics
            raw, problems = given.raw, given.diagnostics
        else:
            raw = from_mapping(given)
            problems = header(raw)[1]
        facts, more = self.binder.bind(raw)
        return facts, (*problems, *more)

    def form(self, extension: str, language: str, facts: Facts | None = None) -> bytes:
        """The form to fill in, as a file: `.xlsx`, `.yaml` or `.json`; filled in where facts are given.

        ModuleNotFoundError for `.xlsx` without openpyxl, ValueError for any other extension.
        """
        from civicrules import forms

        match extension:
            case ".xlsx":
                return forms.workbook(self.program, language, facts)
            case ".yaml" | ".yml":
                return forms.yaml_text(self.program, language, facts).encode()
            case ".json":
                return forms.json_text(self.program, language, facts).encode()
            case _:
                raise ValueError(extension)

    def schema(self, language: str | None = None, *, every: bool = False) -> dict[str, Any]:
        """The plans that the ruleset judges, as JSON Schema (draft 2020-12); keys in a language, else its own.

        Only the facts that the ruleset reads are allowed, or with `every` all facts of its vocabulary.
        """
        from civicrules.forms.schema import schema

        return schema(self.program, language, every=every)

    def vocabulary_text(self, name: str, library: Library) -> Source | None:
        """The text of a vocabulary: from a library, else from the plugins that this ruleset uses."""
        found = library.find("vocabulary", name)
        if found is not None:
            return found.source
        for plugin, text in self.registry.vocabularies(name):
            texts, _ = guarded(plugin, name, text.load, dict, None)
            if texts:
                source: Source = next(iter(texts.values()))
                return source
        return None

    # -- questions

    def check(
        self,
        facts: object,
        *,
        day: date | None = None,
        law_day: date | None = None,
        readings: Mapping[str, int] | None = None,
        advice: bool = True,
        all_readings: bool = False,
        only: bool = False,
        drawn: bool = False,
        counted: bool = False,
    ) -> Report:
        """Judge every sentence of the ruleset. Never raises for what the data contains.

        `day` is the day up to which the plan tells what has happened (else the plan's own); `law_day` the day whose law
        counts (else the election day, else the day). `readings` are the options taken, by the id of the reading,
        counted from 0, where that is not the first one (ValueError when there is none such). `advice=False` saves the
        search for what would mend a failure; `only` leaves out the rulesets above this one; `all_readings` adds the
        verdict of each sentence under every combination of the readings it rests on; `drawn` adds what a page draws
        beside the findings (`Report.beside`); `counted` adds the outcome of each contest whose votes the plan states, and
        whether it would stand on other bases (`Report.counts`).
        """
        self._read_as(readings or {})
        given = open_plan(facts, self.registry) if isinstance(facts, Path) else facts
        bound, problems = self.facts(given)
        if isinstance(given, PlanFile) and given.raw is None:
            return evolve(self._report(bound, day, law_day), diagnostics=problems)
        day = day or bound.plan.day
        law_day = law_day or election_day(bound.values) or day
        found, more = self.evaluator.findings(bound, day, law_day=law_day, readings=readings, advice=advice)
        if only:
            found = tuple(one for one in found if one.rule.ruleset == self.program.id)
        found, lapsed = waived(self.program, found, bound.waivers)
        return evolve(
            self._report(bound, day, law_day),
            findings=found,
            diagnostics=(*problems, *more, *lapsed),
            all_readings=self.evaluator.under_all_readings(bound, law_day=law_day) if all_readings else (),
            beside=self.evaluator.beside(bound, found, law_day=law_day, readings=readings) if drawn else Beside(),
            counts=tuple(self._stated(bound)) if counted else (),
        )

    def derive(
        self,
        facts: object,
        *,
        day: date | None = None,
        law_day: date | None = None,
        readings: Mapping[str, int] | None = None,
    ) -> Derived:
        """What a lawful plan must look like, given what is known of the community. Never raises for what the data contains.

        `day` and `law_day` are those of `check`; `readings` are the options taken, by the id of the reading.

        >>> plan = {"community": {"households": 2400}}
        >>> size = load("cn.district-2012").derive(plan).item("residents_committee.size")
        >>> size.allowed.stretches
        (Stretch(low=5, high=5, low_open=False, high_open=False),)
        """
        from civicrules.derived import Derived
        from civicrules.evaluation.derive import derive

        self._read_as(readings or {})
        given = open_plan(facts, self.registry) if isinstance(facts, Path) else facts
        bound, problems = self.facts(given)
        day = day or bound.plan.day
        law_day = law_day or election_day(bound.values) or day
        found = derive(self.evaluator, bound, law_day=law_day, readings=readings)
        program = self.program
        return Derived(
            self.info,
            bound.plan,
            bound.name,
            day,
            law_day,
            found.items,
            found.defined,
            found.undone,
            found.known,
            program.readings,
            program.vocabulary.units,
            program.layers,
            problems,
            self.notes(law_day),
        )

    def why(
        self, rule: str, facts: object, *, law_day: date | None = None
    ) -> tuple[tuple[Finding, tuple[Reason, ...]], ...]:
        """The findings of a rule, named in either language, each with the tree of reasons under it.

        KeyError when there is no such rule.
        """
        bound, _ = self.facts(facts)
        id = self._named(rule, self.program.rules)
        return self.evaluator.why(id, bound, law_day=law_day or election_day(bound.values) or bound.plan.day)

    def across(
        self, plans: Iterable[object], city: object = None, *, law_day: date | None = None, drawn: bool = False
    ) -> Across:
        """Many communities: each plan judged by itself, and what the ruleset asks of all communities of a city.

        `city` (a mapping, an object or a path) may hold facts of the city and a list of communities, each of which is
        judged as a plan of its own; `drawn` as in `check`. Never raises for what the data contains.
        """
        bound, problems = self.facts(city) if city is not None else (Facts(), ())
        given = [open_plan(plan, self.registry) if isinstance(plan, Path) else plan for plan in plans]
        plans_facts = [self.facts(plan)[0] for plan in given]
        reports = [self.check(plan, law_day=law_day, advice=False, drawn=drawn) for plan in given]
        named = [evolve(one, community=called(facts)) for one, facts in zip(reports, plans_facts, strict=True)]
        named += [
            evolve(self.check(one, law_day=law_day, advice=False, drawn=drawn), community=called(one))
            for one in apart(self.program, bound)
        ]
        facts = together(self.program, plans_facts, bound)
        law_day = law_day or election_day(facts.values) or bound.plan.day
        found, more = self.evaluator.findings(facts, bound.plan.day, law_day=law_day)
        concerned = self.evaluator.across(bound)
        kept = tuple(one for one in found if (one.rule.id, one.sentence) in concerned)
        shared = in_two_communities(self.program.vocabulary, plans_facts)
        report = evolve(
            self._report(facts, bound.plan.day, law_day), findings=kept, diagnostics=(*problems, *more, *shared)
        )
        return Across(tuple(sorted(named, key=_openness)), report)

    def _report(self, facts: Facts, day: date | None, law_day: date | None) -> Report:
        """A report on a plan that nothing has been found out about yet."""
        return Report(
            self.info,
            facts.plan,
            facts.name,
            day,
            law_day,
            readings=self.program.readings,
            plugins=self.program.plugins,
            notes=self.notes(law_day),
            units=self.program.vocabulary.units,
            layers=self.program.layers,
            origins=self.program.origins,
            attestations=facts.attestations,
            vocabulary=self.program.vocabulary,
            sources=self.program.sources,
        )

    def _read_as(self, readings: Mapping[str, int]) -> None:
        """ValueError for a reading or an option that the ruleset does not have."""
        known = {reading.id: len(reading.options) for reading in self.program.readings}
        for id, option in readings.items():
            if id not in known:
                raise ValueError(f"there is no reading {id!r}{_perhaps(str(id), known)}")
            if isinstance(option, bool) or not isinstance(option, int) or not 0 <= option < known[id]:
                raise ValueError(f"reading {id!r} has the options 0 to {known[id] - 1}, not {option!r}")

    def notes(self, law_day: date | None) -> tuple[Diagnostic, ...]:
        """What the reader should know of the ruleset itself: warnings, and whether it and those above it were in force.

        Advice on a text is for its author, who has it from `diagnostics`; a plan cannot heed it.
        """
        warnings = [d for d in self.diagnostics if d.severity not in (Severity.ERROR, Severity.ADVICE)]
        program = self.program
        for title, valid in ((program.title, program.valid), *((one.title, one.valid) for one in program.layers)):
            if law_day is not None and law_day not in valid:
                data = {"title": title, "day": law_day, "start": valid.start or "", "end": valid.end or ""}
                warnings.append(Diagnostic("CR0340", None, data, Severity.WARNING))
        return tuple(warnings)

    def value(self, name: str, facts: object, readings: Mapping[str, int] | None = None) -> Number:
        """Any defined value, exact, with the numbers under it and what is missing for it; the name in either language.

        KeyError when the ruleset defines no such value.
        """
        bound, _ = self.facts(facts)
        number, missing = self.evaluator.value(self._named(name, self.program.definitions), bound, readings)
        return number._replace(missing=missing)

    def contest(self, name: str, facts: object) -> BoundContest:
        """A contest by name in either language, with facts; KeyError when there is none."""
        id = self._named(name, self.program.contests)
        return BoundContest(self, next(c for c in self.program.contests if c.id == id), self.facts(facts)[0])

    def allocation(self, name: str, facts: object) -> BoundAllocation:
        """An allocation by name in either language, with facts; KeyError when there is none."""
        id = self._named(name, self.program.allocations)
        return BoundAllocation(self, next(a for a in self.program.allocations if a.id == id), self.facts(facts)[0])

    def examples(self) -> tuple[ExampleOutcome, ...]:
        """What every expectation of the ruleset's own examples came to, in their order."""
        return self.evaluator.examples()

    def coverage(self) -> Coverage:
        """Which rules, rows, exceptions and options of readings the ruleset's own examples touch."""
        from civicrules.evaluation.coverage import coverage

        return coverage(self.evaluator)

    # -- counts

    @property
    def contests(self) -> tuple[Contest, ...]:
        """The contests that are counted on their own. A further ballot is part of the count of the one it follows."""
        after = {str(one.parameters.get("shortfall", "")).removeprefix("contest:") for one in self.program.contests}
        return tuple(one for one in self.program.contests if one.id not in after)

    def results(
        self,
        facts: object,
        counts: Iterable[Contest | Allocation],
        decisions: Sequence[Decision] = (),
        ballots: Mapping[str, Ballots] = MappingProxyType({}),
    ) -> Report:
        """A report with contests counted on the plan's totals, and allocations carried out on its lists.

        `ballots` are the papers of contests, by the id of the contest, which then stand for the plan's totals. Each
        decision goes to the count that asks for it, in the words of its options or those that people write for them
        ("void", 无效, "nobody"); one that nobody asks for is a diagnostic. Nothing is said of rules that contradict
        each other, because a count judges none.
        """
        bound, problems = self.facts(facts)
        found: list[Diagnostic] = list(problems)
        made = []
        for one in counts:
            count, more = self._answered(one, bound, decisions, ballots.get(one.id))
            made.append(count)
            found.extend(more)
        asked = {decision.question for count in made for decision in count.decisions}
        stale = dict.fromkeys(decision.question for decision in decisions if decision.question not in asked)
        found.extend(Diagnostic("CR0701", None, {"question": question}) for question in stale)
        law_day = election_day(bound.values) or bound.plan.day
        report = self._report(bound, bound.plan.day, law_day)
        judged = {sentence.span for rule in self.program.rules for sentence in rule.sentences}
        notes = (one for one in report.notes if one.severity is not Severity.CONFLICT or one.place not in judged)
        return evolve(report, counts=tuple(made), diagnostics=tuple(found), notes=tuple(notes))

    def _stated(self, facts: Facts) -> Iterator[Count]:
        """The counts of contests in which the plan states somebody's votes."""
        for contest in filter(self.offers, self.contests):
            request = BoundContest(self, contest, facts).request().request
            if isinstance(request, tally.Contest) and any(
                one.votes is not None for post in request.posts for one in post.candidates
            ):
                yield self.count(contest, facts)[0]

    def _answered(
        self, one: Contest | Allocation, facts: Facts, decisions: Sequence[Decision], ballots: Ballots | None
    ) -> tuple[Count, tuple[Diagnostic, ...]]:
        """A count with the decisions that it asks for, one round of questions after the other."""
        used: tuple[Decision, ...] = ()
        undrawn: tuple[Diagnostic, ...] = ()
        while True:
            if isinstance(one, Contest):
                made, problems = self.count(one, facts, used, ballots)
            else:
                made, problems = self.allocate(one, facts, used)
            asked = made.outcome.questions if isinstance(made.outcome, DecisionRequired) else ()
            open = {question.id: question for question in asked}
            tried = {decision.question for decision in used}
            fresh = [one for one in decisions if one.question in open and one.question not in tried]
            if not fresh:
                refused = {wrong.data.get("question") for wrong in undrawn}
                rest = (one for one in problems if one.data.get("question") not in refused)
                return evolve(made, decisions=used), (*rest, *undrawn)
            for answer in fresh:
                settled, wrong = self._settled(open[answer.question], answer)
                used, undrawn = (*used, settled), (*undrawn, *wrong)

    def _settled(self, question: Question, answer: Decision) -> tuple[Decision, tuple[Diagnostic, ...]]:
        """An answer in the words of its options; where it is left to lots, those that are drawn."""
        if not answer.draw:
            return evolve(answer, chosen=chosen_of(question, answer.chosen)), ()
        data = {"question": question.id, "draw": answer.draw}
        if not question.by_lot:
            return answer, (Diagnostic("CR0712", None, data),)
        registry, problems = self.registry, tuple[Diagnostic, ...]()
        if not registry.draws(answer.draw):
            from civicrules.plugins import for_name

            registry, problems = for_name("draw", answer.draw, registry, None)
        owners = registry.draws(answer.draw)
        if not owners:
            known = tuple(draw.id for _, draw in registry.draws())
            return answer, (*problems, Diagnostic("CR0713", None, {**data, "known": known}))
        plugin, draw = owners[0]
        lots = partial(tally.drawn, question, draw, answer.seed, answer.by)
        settled, more = guarded(plugin, draw.id, lots, Decision, None)
        return settled or answer, (*problems, *more)

    def count(
        self, contest: Contest, facts: Facts, decisions: Sequence[Decision] = (), ballots: Ballots | None = None
    ) -> tuple[Count, tuple[Diagnostic, ...]]:
        """A contest counted on the plan's totals (or on papers), for a report; one whose method nobody offers cannot be."""
        if not self.offers(contest):
            return _uncounted(contest), ()
        bound = BoundContest(self, contest, facts).request(ballots=ballots)
        made, problems = self._made(contest, bound, decisions)
        standing = tally.standing(bound.request) if isinstance(bound.request, tally.Contest) else {}
        return evolve(made, alternatives=standing), problems

    def allocate(
        self, allocation: Allocation, facts: Facts, decisions: Sequence[Decision] = ()
    ) -> tuple[Count, tuple[Diagnostic, ...]]:
        """An allocation carried out, for a report; one whose method nobody offers cannot be."""
        if not self.offers(allocation):
            return _uncounted(allocation), ()
        return self._made(allocation, BoundAllocation(self, allocation, facts).request(), decisions)

    def offers(self, of: Contest | Allocation) -> bool:
        """Whether the method of a contest or an allocation is at hand."""
        return of.method in self._methods

    def _made(
        self, of: Contest | Allocation, bound: Bound, decisions: Sequence[Decision]
    ) -> tuple[Count, tuple[Diagnostic, ...]]:
        outcome, problems = self.run(of.method, bound.request, decisions)
        method = self._methods[of.method][1]
        words = outcome_words(self.program.vocabulary, method, bound, outcome)
        named = tuple(evolve(d, data={key: _in_words(value, words) for key, value in d.data.items()}) for d in problems)
        possible = self._possible(of.method, bound, decisions) if isinstance(outcome, DecisionRequired) else None
        divides = isinstance(of, Allocation)
        made = Count(of.id, of.names, outcome, of.citation, words=words, reachable=possible, divides=divides)
        return made, (*bound.diagnostics, *named)

    def _possible(self, method: str, bound: Bound, decisions: Sequence[Decision]) -> tally.Reachable:
        """What the open questions can lead to. Counting papers takes long, so that fewer answers are tried for them."""
        papers = isinstance(bound.request, tally.Contest) and bound.request.ballots is not None
        return tally.reachable(
            lambda answers: self.run(method, bound.request, answers)[0], decisions, 20 if papers else 200
        )

    def fixed(self, of: Contest | Allocation, request: Any) -> Any:
        """A request with what the method of a contest or an allocation fixes itself; as it is where nobody offers it."""
        return self._methods[of.method][1].fixed(request) if self.offers(of) else request

    def run(
        self, method: str, request: object, decisions: Sequence[Decision]
    ) -> tuple[Outcome, tuple[Diagnostic, ...]]:
        """Run a method on a request. One that fails gives a void outcome and a diagnostic."""
        plugin, found = self._methods[method]
        name = found.names.text("en")
        outcome, problems = guarded(plugin, name, lambda: found.run(request, decisions), Outcome, None)
        if outcome is None:
            return Void((f"method/{method}",)), problems
        papers = request.ballots if isinstance(request, tally.Contest) else None
        return outcome, (*problems, *tally.complaints(outcome, None if papers is None else papers.source))

    def post_forms(self, post: str) -> set[str]:
        """Every form of a post's name."""
        from civicrules.evaluation.contests import post_names

        names = post_names(self.program.vocabulary, (post,)).get(post, Names())
        return {post} | {identifier(form) for _, form in names.forms}

    def _named(self, name: str, items: Sequence[Any]) -> str:
        wanted = identifier(str(name))
        if any(item.id in (wanted, name) for item in items):
            return next(str(item.id) for item in items if item.id in (wanted, name))
        for item in items:
            if wanted in {identifier(form) for _, form in item.names.forms}:
                return str(item.id)
        raise KeyError(f"{name}{_perhaps(str(name), [form for item in items for _, form in item.names.forms])}")


# What a count comes to whose method nobody offers: a plugin could settle it.
_UNCOUNTABLE = CannotSay(("method",))
_METHOD = Names.of(en="a plugin that offers its method", zh="提供所需方法的插件")


def _uncounted(of: Contest | Allocation) -> Count:
    return Count(of.id, of.names, _UNCOUNTABLE, of.citation, words={"method": _METHOD})


def _openness(report: Report) -> tuple[int, int]:
    """Reports in order: those with most failing binding findings first, then those with most open ones, else as given."""
    binding = [one.verdict for one in report.findings if one.force is Force.MUST and one.waived is None]
    return -binding.count(Verdict.FAILS), -binding.count(Verdict.CANNOT_SAY)


def _in_words(value: object, words: Mapping[str, Names]) -> object:
    """An id in the data of a diagnostic, as readers know it."""
    return words.get(value, value) if isinstance(value, str) else value


def _perhaps(name: str, known: Iterable[str]) -> str:
    """A suggestion for the message of an exception; empty when no name is near."""
    near = nearest(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _votes(post: str, votes: object) -> dict[str, int | None]:
    """Candidates' votes as counting takes them."""
    if not isinstance(votes, Mapping):
        raise ValueError(f"the totals of {post!r} must map candidates to votes")
    for candidate, number in votes.items():
        if not isinstance(candidate, str):
            raise ValueError(f"a candidate of {post!r} must be named by a text, not {candidate!r}")
        if isinstance(number, bool) or not (number is None or isinstance(number, int)):
            raise ValueError(f"the votes of {candidate!r} for {post!r} must be a whole number or None, not {number!r}")
    return dict(votes)
