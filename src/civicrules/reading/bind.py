"""From a plan as written to typed facts, by a vocabulary."""

from __future__ import annotations

from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import Facts, PlanHeader, election_day
from civicrules.program import Vocabulary
from civicrules.reading.attested import attest, waive
from civicrules.reading.book import bind_book
from civicrules.reading.composed import compose
from civicrules.reading.discreet import discreet
from civicrules.reading.gathered import Gathered, Tools, nearest_as_fix
from civicrules.reading.header import header_place
from civicrules.reading.labels import fold, forms
from civicrules.reading.parts import add_up
from civicrules.reading.raw import Book, Raw
from civicrules.reading.rolls import Roll, look_through, rolls_of
from civicrules.reading.tree import bind_tree
from civicrules.source import Key
from civicrules.suggest import nearest
from civicrules.values import frozen

# How plans write the languages that reports are written in, and how such a word begins.
_TAGS = ("en", "zh")
_LANGUAGES = ("English", "Chinese", "英文", "中文")
_SPOKEN = ("en", "英", "zh", "chinese", "中", "汉", "漢")


@frozen
class Binder:
    """A vocabulary made ready for binding; make one when many plans are bound against it."""

    tools: Tools
    rolls: tuple[Roll, ...]

    def bind(self, raw: Raw) -> tuple[Facts, tuple[Diagnostic, ...]]:
        """The typed facts of a plan. See `bind`."""
        gathered = Gathered()
        if isinstance(raw.root, Book):
            bind_book(gathered, self.tools, raw.root)
        else:
            bind_tree(gathered, self.tools, raw.root)
        self._check_stage(raw, raw.about, gathered)
        self._check_language(raw, raw.about, gathered)
        parts = add_up(gathered, self.tools)
        attestations, waivers = attest(gathered, self.tools), waive(gathered)
        look_through(gathered, self.rolls, lambda: raw.about.day or election_day(gathered.values))
        compose(gathered, self.tools, parts)
        facts = Facts(
            gathered.values,
            gathered.lists,
            raw.about,
            raw.name,
            gathered.blocked,
            parts,
            attestations,
            waivers,
        )
        return facts, tuple(discreet(gathered, self.tools.vocabulary))

    def _check_stage(self, raw: Raw, plan: PlanHeader, gathered: Gathered) -> None:
        """Report a stage that is not one of the vocabulary's steps."""
        steps = self.tools.vocabulary.steps
        if plan.stage is None or fold(plan.stage) in self.tools.steps:
            return
        names = tuple(step.names for step in steps)
        data = {"found": plan.stage, "steps": names, "suggestions": nearest(plan.stage, forms(names))}
        gathered.report("CR0521", header_place(raw, "stage") or Key(("plan",)), data)

    def _check_language(self, raw: Raw, plan: PlanHeader, gathered: Gathered) -> None:
        """Report a language that is none in which the vocabulary or the ruleset speaks."""
        if plan.language is None or fold(plan.language).startswith(_SPOKEN):
            return
        entities = self.tools.vocabulary.entities
        tags = {tag for entity in entities for tag, _ in entity.names.forms} | {self.tools.language}
        if fold(plan.language) in tags:
            return
        known = tuple(sorted({*tags, *_TAGS}))
        suggestions = nearest(plan.language, (*known, *_LANGUAGES))
        place = header_place(raw, "language") or Key(("plan",))
        data = {"found": plan.language, "known": known, "suggestions": suggestions}
        gathered.report("CR0525", place, data, Severity.WARNING, fixes=nearest_as_fix(place, suggestions))


def prepare(vocabulary: Vocabulary, language: str = "en") -> Binder:
    """A binder for a vocabulary; `language` is the one whose words are suggested first."""
    return Binder(Tools.of(vocabulary, language), rolls_of(vocabulary))


def bind(raw: Raw, vocabulary: Vocabulary, language: str = "en") -> tuple[Facts, tuple[Diagnostic, ...]]:
    """The typed facts of a plan, and everything in it that could not be understood against the vocabulary.

    A value that cannot be read is a diagnostic, and its key goes to `Facts.blocked`: `entity.field`, the id of a
    list, or `list[n].field` for the n-th member (from 1), whose row stays. Nothing is dropped without a word. The
    header's own problems are given by `header`, and not again here.
    """
    return prepare(vocabulary, language).bind(raw)
