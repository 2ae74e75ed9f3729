"""A plan with its ruleset, ready to be judged or counted, and the report that comes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from attrs import evolve

from civicrules import Report, Rules
from civicrules.builtins import registry as builtin_registry
from civicrules.diagnostics import Diagnostic, Severity, has_errors
from civicrules.plans import PlanFile, open_plan
from civicrules.plugin import Plugin, Registry, Reporter
from civicrules.plugins import for_name, found, guarded
from civicrules.report import words
from civicrules.report.layout import wrap
from civicrules.report.privacy import discreet
from civicrules.report.reporters import HTML, TEXT
from civicrules.report.status import exit_status, meaning
from civicrules.report.terminal import colour, columns, encoding
from civicrules.report.text import render
from civicrules.suggest import nearest
from civicrules.values import frozen

from .files import unusable_file
from .filing import UNFILED, Filing, write
from .language import of_computer, spoken
from .output import Unusable, put
from .rulesets import Wanted, take


@frozen
class Asked:
    """What the command line says."""

    plan: Path
    rules: Path | None = None
    ruleset: str | None = None
    language: str | None = None
    format: str = "text"
    filing: Filing = UNFILED


class Terminal(NamedTuple):
    """What a text is written for: columns, whether they can be coloured, and which signs there are."""

    width: int
    colour: bool
    encoding: str


@frozen
class Case:
    """A plan's file and its ruleset. `notes` are what was noticed on the way to them."""

    asked: Asked
    plan: PlanFile
    rules: Rules
    reporter: tuple[Plugin, Reporter]
    language: str
    notes: tuple[Diagnostic, ...] = ()

    def deliver(
        self,
        report: Report,
        *,
        strict: bool = False,
        readings_all: bool = False,
        verbose: bool = False,
        personal: bool = False,
        read: Sequence[Path] = (),
    ) -> int:
        """Write a report in the format asked for, over none of the files that were `read`; the exit status it has.

        No reporter sees a personal value unasked.
        """
        report = discreet(evolve(report, notes=(*report.notes, *self.notes), personal=personal))
        text = self.rendered(report, strict, readings_all, verbose)
        status = exit_status(report, strict)
        said = (
            *meaning(status, report, self.language, strict),
            words.word("status.number", self.language, status=status),
        )
        self.keep(text, ("" if self.language == "zh" else " ").join(said), read)
        return status

    def rendered(self, report: Report, strict: bool, readings_all: bool, verbose: bool) -> str:
        """A report in the format that was asked for; what is filed is not made for a terminal."""
        plugin, reporter = self.reporter
        if reporter is TEXT:
            return render(
                report,
                self.language,
                width=self.terminal.width,
                colour=self.terminal.colour,
                encoding=self.terminal.encoding,
                readings_all=readings_all,
                verbose=verbose,
                strict=strict,
            )
        if reporter is HTML:
            from civicrules.report.html.page import render as page

            return self.paged(
                lambda: page(report, self.language, strict=strict, verbose=verbose, readings_all=readings_all)
            )
        text, problems = guarded(plugin, reporter.name, lambda: reporter.render(report, self.language), str, None)
        if text is None:
            raise self.unusable(problems)
        return str(text)

    @property
    def terminal(self) -> Terminal:
        """What a text is written for."""
        if self.asked.filing.path is not None:
            return Terminal(100, False, "utf-8")
        return Terminal(columns(), colour(sys.stdout), encoding(sys.stdout))

    def paged(self, made: Callable[[], str]) -> str:
        """A page, which needs a package that is installed on request."""
        try:
            return made()
        except ModuleNotFoundError as problem:
            raise self.undone(Diagnostic("CR0827", None, {"package": problem.name or ""})) from None

    def keep(self, text: str, last: str, read: Sequence[Path] = ()) -> None:
        """Write a text where it was asked for; of one that was filed, say where it is, and the `last` sentence of it.

        No file that was `read` is written over, nor the plan.
        """
        filing = self.asked.filing
        if filing.path is None:
            put(text.removesuffix("\n"), form=self.reporter[1].name)
            return
        content = (text if text.endswith("\n") else f"{text}\n").encode()
        if problems := write({filing.path: content}, force=filing.force, read=(self.asked.plan, *read)):
            raise self.undone(*problems)
        from .words import word

        made = word("new.form", self.language, file=str(filing.path))
        put("\n".join((made, *wrap(last, columns()))))

    def unusable(self, problems: tuple[Diagnostic, ...]) -> Unusable:
        """The end of a command that cannot go on."""
        return Unusable(problems, self.language, self.asked.format, str(self.asked.plan))

    def undone(self, *problems: Diagnostic) -> Unusable:
        """The end of a command that did nothing, although ruleset and plan can be used."""
        from .words import names

        return Unusable(problems, self.language, self.asked.format, str(self.asked.plan), names("nothing done"))


def prepared(asked: Asked) -> Case:
    """The plan, its ruleset and the format of the report. `Unusable` says why one of them cannot be had."""
    language = asked.language or of_computer()
    registry, reporter = _reporter(asked.format, language, builtin_registry())
    problem = unusable_file(asked.plan)
    if problem is not None:
        raise Unusable((problem,), language, asked.format, str(asked.plan))
    plan = open_plan(asked.plan, registry)
    language = asked.language or spoken(plan.header.language) or language
    if plan.raw is None:
        raise Unusable(plan.diagnostics, language, asked.format, plan.name)
    tag = asked.language or spoken(plan.header.language) or plan.header.language
    place = None if asked.ruleset else plan.ruleset_at
    wanted = Wanted(asked.ruleset or plan.header.ruleset, tag, asked.rules, asked.plan.parent, place)
    taken = take(wanted, plan.registry)
    language = asked.language or spoken(plan.header.language) or spoken(taken.language) or language
    if taken.rules is None or has_errors(taken.diagnostics):
        raise Unusable((*plan.diagnostics, *taken.diagnostics), language, asked.format, plan.name)
    notes = (*taken.diagnostics, *_own_examples(asked, taken.rules))
    return Case(asked, plan, taken.rules, reporter, language, notes)


def _own_examples(asked: Asked, rules: Rules) -> tuple[Diagnostic, ...]:
    """A warning when the ruleset contradicts its own examples."""
    failed = sum(not outcome.passed for outcome in rules.examples())
    if not failed:
        return ()
    folder = asked.rules or (asked.plan.parent if Path(rules.origin).is_dir() else None)
    where = f" --rules {folder}" if folder is not None else ""
    data = {"number": failed, "command": f"civicrules test {rules.program.id}{where}"}
    return (Diagnostic("CR0820", None, data, Severity.WARNING),)


def _reporter(name: str, language: str, registry: Registry) -> tuple[Registry, tuple[Plugin, Reporter]]:
    """The owner of a report format: one of those at hand, else an installed plugin."""
    problems: tuple[Diagnostic, ...] = ()
    if not registry.reporters(name):
        registry, problems = for_name("reporter", name, registry, None)
    owners = registry.reporters(name)
    if owners:
        return registry, owners[0]
    if not problems:
        announced = (entry.name.partition(":") for one in found() for entry in one.entries)
        known = ("text", "json", "html", *sorted(part for kind, _, part in announced if kind == "reporter"))
        problems = (Diagnostic("CR0806", None, {"format": name, "suggestions": nearest(name, known), "known": known}),)
    raise Unusable(problems, language)
