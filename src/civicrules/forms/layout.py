"""A form as blocks and tables, before it becomes a workbook or a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from civicrules.facts import Fact, FactList, Facts, PlanHeader
from civicrules.forms.blocks import Block, Form, Line, TableForm
from civicrules.forms.needed import Asker, Needed, NeededField, NeededList, needed
from civicrules.forms.records import records
from civicrules.forms.values import described, example_value, labels, unit_word, written
from civicrules.forms.words import joined, phrase
from civicrules.plan_words import DAY, LANGUAGE, PLAN, RULESET, STAGE
from civicrules.program import (
    STEPS,
    Choice,
    ChoiceType,
    DateType,
    Names,
    Program,
    StepType,
    TextType,
    Type,
    Vocabulary,
)
from civicrules.values import frozen

# Only shown, and only where the ruleset itself does not say from when it is valid.
_EXAMPLE_DAY = date(2024, 6, 1)


def form(program: Program, language: str, facts: Facts | None = None) -> Form:
    """The form that asks for what a ruleset reads, with the facts of a plan filled in if there are any.

    A fact that the plan states and no rule reads is kept, so that writing a plan out never loses one.
    """
    builder = _Builder(program, language)
    wanted, given = needed(program), facts or Facts()
    return Form(
        title=phrase("title", language, title=program.title.text(language) or program.id),
        language=language,
        blocks=(builder.header(wanted, given.plan), *builder.blocks(wanted, given)),
        tables=builder.tables(wanted, given),
        records=records(program, wanted, given, language),
    )


@frozen
class _Builder:
    """Turns needed fields and facts into lines, with the words of one language."""

    program: Program
    language: str

    @property
    def vocabulary(self) -> Vocabulary:
        return self.program.vocabulary

    @property
    def day(self) -> date:
        return self.program.valid.start or _EXAMPLE_DAY

    # ------------------------------------------------------------ blocks

    def header(self, wanted: Needed, plan: PlanHeader) -> Block:
        """What a plan says of itself: ruleset and language are there already, the stage only where there are steps."""
        steps = ChoiceType(tuple(Choice(step.id, step.names) for step in self._steps(wanted, plan.stage)))
        choices = joined(labels(steps, self.language), self.language)
        lines = [
            self._stated(RULESET, TextType(), plan.ruleset or self.program.id, "ruleset note"),
            self._stated(DAY, DateType(), plan.day, "day note", example=self.day),
        ]
        if steps.choices or plan.stage:
            lines.append(self._stated(STAGE, steps, plan.stage, "stage note", choices=choices))
        lines.append(self._stated(LANGUAGE, TextType(), plan.language or self.language, "language note"))
        return Block(PLAN.text(self.language), tuple(lines))

    def _steps(self, wanted: Needed, stage: str | None) -> tuple[StepType, ...]:
        """The steps that the ruleset asks for and those between them, and the stage that a plan states; all steps where
        none is asked for. A vocabulary may have the steps of other elections too.
        """
        steps = self.vocabulary.steps
        asked = {key.partition(".")[2] for key in wanted.keys if key.startswith(f"{STEPS}.")}
        stated = {stage} - {None}
        found = [
            at for at, one in enumerate(steps) if one.id in asked or stated & {one.id, *(f for _, f in one.names.forms)}
        ]
        return steps[found[0] : found[-1] + 1] if found else steps

    def _stated(self, names: Names, type_: Type, value: str | date | None, note: str, **data: object) -> Line:
        text = phrase(note, self.language, **data)
        return Line(names.text(self.language), type_, value, "", text, "", (), "")

    def blocks(self, wanted: Needed, facts: Facts) -> tuple[Block, ...]:
        asked = {entry.field.key: entry for block in wanted.entities for entry in block.fields}
        listed = self.vocabulary.listed()
        blocks = []
        for entity in self.vocabulary.entities:
            fields = [f for f in entity.fields if f.key in asked or f.key in facts.values]
            if fields and entity.id not in listed:
                lines = (self._line(asked.get(f.key, NeededField(f)), facts.values.get(f.key), "") for f in fields)
                blocks.append(Block(entity.names.text(self.language), tuple(lines), entity.id == STEPS))
        return tuple(blocks)

    def _line(self, entry: NeededField, fact: Fact | None, singular: str) -> Line:
        target = entry.field
        example = example_value(target, singular, self.day, self.language)
        since = None if target.since is None else self.vocabulary.field(target.since).names
        blank_is_none = target.blank_is_none and bool(singular)  # only the blanks of a row say anything
        return Line(
            label=target.names.text(self.language),
            type=target.type,
            value=None if fact is None else written(fact, target.type, self.language),
            unit=unit_word(target.type, self.vocabulary, self.language),
            note=described(target, self.language, example, since, blank_is_none),
            articles=self._articles(entry.askers),
            askers=self._askers(entry.askers),
            example=written(Fact(example), target.type, self.language),
            none_allowed=target.none_allowed,
            blank_is_none=blank_is_none,
            personal=target.personal and bool(singular),  # beside a fact of the plan its note says so
        )

    # ------------------------------------------------------------ tables

    def tables(self, wanted: Needed, facts: Facts) -> tuple[TableForm, ...]:
        asked = {entry.list.id: entry for entry in wanted.lists}
        return tuple(
            self._table(asked.get(entry.id, NeededList(entry, ())), facts.lists.get(entry.id))
            for entry in self.vocabulary.lists
            if not entry.parts and (entry.id in asked or entry.id in facts.lists)
        )

    def _table(self, entry: NeededList, given: FactList | None) -> TableForm:
        members = given or FactList()
        columns = self._columns(entry, members)
        label = entry.list.names.text(self.language)
        singular = entry.list.singular.text(self.language) or label
        return TableForm(
            label=label,
            singular=singular,
            at_most=entry.list.at_most,
            columns=tuple(self._line(column, None, singular) for column in columns),
            rows=tuple(self._row(columns, row.values) for row in members.rows),
            complete=members.complete,
            given=given is not None,
            articles=self._articles(entry.askers),
        )

    def _columns(self, entry: NeededList, given: FactList) -> tuple[NeededField, ...]:
        asked = {column.field.id: column for column in entry.fields}
        stated = {id_ for row in given.rows for id_, fact in row.values.items() if not fact.attested}
        fields = self.vocabulary.entity(entry.list.entity).fields
        columns = tuple(asked.get(f.id, NeededField(f)) for f in fields if f.id in asked or f.id in stated)
        return columns or tuple(NeededField(f) for f in fields)

    def _row(self, columns: Iterable[NeededField], values: Mapping[str, Fact]) -> tuple[int | date | str | None, ...]:
        given = (values.get(column.field.id) for column in columns)
        return tuple(
            None if fact is None or fact.attested else written(fact, column.field.type, self.language)
            for column, fact in zip(columns, given, strict=True)
        )

    # ------------------------------------------------------------ who asks

    def _articles(self, askers: tuple[Asker, ...]) -> str:
        """The articles that ask for a fact, once each: `notice III.2; law 15`."""
        return phrase("clauses", self.language).join(dict.fromkeys(text for a in askers if (text := self._article(a))))

    def _askers(self, askers: tuple[Asker, ...]) -> tuple[str, ...]:
        """The rules that ask for a fact, with their articles: `committee posts (notice III.2)`."""
        texts = []
        for asker in askers:
            name, article = asker.names.text(self.language) or asker.id, self._article(asker)
            texts.append(phrase("bracketed", self.language, text=name, inner=article) if article else name)
        return tuple(dict.fromkeys(texts))

    def _article(self, asker: Asker) -> str:
        if asker.citation is None:
            return ""
        sources = {source.id: source.names.text(self.language) for source in self.program.sources}
        return asker.citation.article.text(self.language) or sources.get(asker.citation.source, "")
