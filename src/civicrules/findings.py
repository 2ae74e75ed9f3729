"""What was understood: verdicts, with the numbers and the reasons behind them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from attrs import field

from civicrules.compared import Compared, How, compared
from civicrules.diagnostics import Diagnostic
from civicrules.exact import Exact, Interval
from civicrules.facts import Attestation, PlanHeader, Waiver
from civicrules.outcome import Decision, Outcome, Reachable
from civicrules.program import (
    Choice,
    Citation,
    Comparison,
    Force,
    Layer,
    Mention,
    Names,
    PeopleType,
    Reading,
    Rule,
    Sentence,
    SourceDocument,
    Type,
    Unit,
    Vocabulary,
)
from civicrules.source import Place
from civicrules.values import frozen


class Verdict(Enum):
    """What can be said of a sentence. A rule's verdict is the first of these that one of its findings has."""

    FAILS = "fails"
    CANNOT_SAY = "cannot say"
    HOLDS = "holds"
    DOES_NOT_APPLY = "does not apply"


# An `Interval` is what is known of a number or day (as its ordinal) that is not wholly given; `None` is not known at all.
# `Names` are words that a report puts in the place of a personal value.
Value = int | Fraction | date | bool | str | Interval | tuple[Exact, Exact] | Names | None


class Number(NamedTuple):
    """A name in a sentence with its value. `inner` are the names one level into a definition; `places` where facts stand.

    A `personal` value is not for every eye: reports leave it out unless they are asked for it.
    A range of the text (`3 to 5`) is a pair. A choice is its id, whose names are in the type. A named tuple: there are
    many for every plan, and a frozen attrs object takes three times as long to make.
    """

    name: Names
    value: Value
    type: Type
    places: tuple[Place, ...] = ()
    inner: tuple[Number, ...] = ()
    mention: Mention | None = None
    missing: tuple[Missing, ...] = ()
    personal: bool = False


@frozen
class Subject:
    """The member of a list that a finding speaks of: `label` is the name, where the list may be shown by name."""

    list: str
    index: int
    names: Names
    label: str = ""
    place: Place | None = None


@frozen
class Missing:
    """A fact that is not given and can still matter. `blocked` when its cell was given but could not be read.

    `within` names the entity or list it is filled in under, where that is known; `subject` is the member whose it is.
    A list is missing whole, or *begun*: members of it are given, and more are to come.
    """

    key: str
    names: Names
    blocked: bool = False
    within: Names = field(factory=Names)
    subject: Subject | None = None
    begun: bool = False


@frozen
class Dependence:
    """A reading the finding rests on: under option number `option` (0 is the one taken) the verdict would be another."""

    reading: Reading
    option: int
    verdict: Verdict


@frozen
class Combination:
    """The verdict of a sentence under one choice of options, by the id of each reading."""

    options: tuple[tuple[str, int], ...]
    verdict: Verdict


@frozen
class AllReadings:
    """A sentence judged under every combination of the readings that have a say in it; `complete` unless cut off."""

    rule: Rule
    sentence: Sentence
    readings: tuple[Reading, ...]
    combinations: tuple[Combination, ...]
    complete: bool = True


@frozen
class Advice:
    """A change of one fact that makes the finding hold and no other one fail. `results` are the definitions it moves."""

    key: str
    names: Names
    current: Exact | date
    proposed: Exact | date
    type: Type
    results: tuple[Number, ...] = ()


@frozen
class Finding:
    """A sentence, judged. `used` tells of a permission (`may`) that the plan makes use of it.

    A failure that was `waived` stays one, but decides nothing; a waiver that was given for other numbers has `lapsed`
    and leaves it as it is. `tried` tells of a failure that changes of single numbers were looked for; where there is no
    `advice`, none was enough. `sealed` is the fingerprint of a finding whose personal
    values were taken out.
    Without slots, a frozen attrs object takes half as long to make.
    """

    rule: Rule
    sentence: Sentence
    verdict: Verdict
    numbers: tuple[Number, ...] = ()
    missing: tuple[Missing, ...] = ()
    readings: tuple[Dependence, ...] = ()
    advice: tuple[Advice, ...] = ()
    used: bool | None = None
    subject: Subject | None = None
    waived: Waiver | None = None
    sealed: str = ""
    lapsed: Waiver | None = None
    tried: bool = False

    @property
    def decisive(self) -> bool:
        """Whether it is a failure that counts."""
        return self.verdict is Verdict.FAILS and self.waived is None

    @property
    def article(self) -> Citation:
        return self.sentence.citation

    @property
    def force(self) -> Force:
        return self.sentence.force

    @property
    def at(self) -> tuple[Place, ...]:
        """Where the facts under the sentence stand in the plan."""
        return tuple(place for number in self.numbers for place in number.places)

    def text(self, language: str) -> str:
        """The sentence in a language."""
        return self.sentence.texts.text(language)


@frozen
class Reason:
    """A part of a sentence with what it came to: a step in the tree of reasons of a finding.

    `text` is the part as the ruleset writes it, `names` what it is called where it is a name; `value` is a value of the
    `type`, a verdict's *yes*, *no* or (`None`) open. `parts` are what it was computed from;
    of a table or of cases those that apply or still can, beside `others` that do not. A `personal` reason is not for
    every eye; one that is a `row`, even that it is there tells what it was looked up by.
    """

    text: str
    names: Names
    value: Value
    type: Type
    parts: tuple[Reason, ...] = ()
    places: tuple[Place, ...] = ()
    subject: Subject | None = None
    personal: bool = False
    row: bool = False
    others: int = 0


def fingerprint(finding: Finding) -> str:
    """The first eight hexadecimal digits of the SHA-256 of a finding's rule, subject and numbers, as canonical JSON.

    A waiver is given for these numbers. Names of numbers do not count, nor where anything stands; a member of a list is
    its name, or its list and position where it has none to show.

    Of a personal value only that counts which every report says of it (`compared`): who tries all birth dates on a
    report learns nothing that does not stand in it. The price: a waiver outlives a change of a personal value that
    changes nothing of what reports say.
    """
    if finding.sealed:
        return finding.sealed
    of = finding.subject
    whose = None if of is None else of.label or [of.list, of.index]
    canonical = [finding.rule.id, whose, [_plain(number, finding) for number in finding.numbers]]
    text = json.dumps(canonical, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:8]


def is_personal(number: Number) -> bool:
    """Whether the value of a number is not for every eye; names of other people never are."""
    return number.personal or isinstance(number.type, PeopleType)


def told(number: Number, finding: Finding) -> Compared:
    """What may be told of a personal number of a finding that is given."""
    recorded = [*finding.numbers, *(inner for one in finding.numbers for inner in one.inner)]

    def limit(of: object) -> object:
        return next((one.value for one in recorded if one.mention is not None and one.mention.of == of), None)

    if number.mention is None:
        return Compared(How.GIVEN)
    return compared(number.mention.of, number.value, finding.sentence, limit)


def _plain(number: Number, finding: Finding) -> object:
    return [_plain_or_told(number, finding), [_plain(inner, finding) for inner in number.inner]]


def _plain_or_told(number: Number, finding: Finding) -> object:
    if not is_personal(number) or number.value is None:
        return _plain_value(number.value)
    if isinstance(number.value, Interval):
        return None
    said = told(number, finding)
    return [said.how.value, said.amount, None if said.unit is None else said.unit.value]


def _plain_value(value: Value) -> object:
    match value:
        case Fraction():
            return ["n/d", value.numerator, value.denominator]
        case date():
            return ["day", value.isoformat()]
        case Interval(low=low, high=high) | (low, high):
            return [_plain_value(low), _plain_value(high)]
        case Names():
            return list(value.forms)
        case _:
            return value


@frozen
class RulesetInfo:
    """Which ruleset was applied, where it was taken from, and which part of its law it covers (empty: the whole)."""

    id: str
    title: Names
    version: str
    digest: str
    origin: str = ""
    covers: Names = Names()


@frozen
class Count:
    """A contest or an allocation of the ruleset with what it came to.

    `receivers` are the names of candidates or groups, `words` those of all other ids in the outcome: posts, bases,
    policies.
    """

    id: str
    names: Names
    outcome: Outcome
    citation: Citation
    findings: tuple[Finding, ...] = ()
    # seats under alternatives that the law leaves open, such as other majority bases: name → whether the result stands
    alternatives: Mapping[str, bool | None] = field(factory=dict, hash=False)
    receivers: Mapping[str, Names] = field(factory=dict, hash=False)
    words: Mapping[str, Names] = field(factory=dict, hash=False)
    # what the open questions can still lead to, where there are any
    reachable: Reachable | None = None
    # whether seats were divided among groups rather than people elected
    divides: bool = False
    # the answers that it used or refused, in the words of the options
    decisions: tuple[Decision, ...] = ()


@frozen
class Band:
    """One row of a table that is looked up by one number: `low` to `high` (`None`: unbounded) has this value.

    `fits` tells whether the plan's own number stands in it; `None` while that is not known.
    """

    low: Exact | None
    low_included: bool
    high: Exact | None
    high_included: bool
    value: Value
    fits: bool | None


@frozen
class Bands:
    """A table that is looked up by one number (`by`), as it stands on the law day; its values are of `type`."""

    id: str
    names: Names
    type: Type
    by: Number
    bands: tuple[Band, ...]


@frozen
class Limit:
    """The day that a sentence compares another day of the plan with (`of`): *at least 20 days before election day*."""

    sentence: Sentence
    of: Names
    comparison: Comparison
    day: date


@frozen
class BallotAccount:
    """The figures of a ballot account that are given, in the order of the vocabulary, by their ids (`bases.FIGURES`).

    `residual` is what the valid, invalid and blank ballots leave of the returned ones; `None` when one is not known.
    """

    names: Names
    figures: Mapping[str, Number] = field(hash=False)
    residual: int | None


@frozen
class Beside:
    """What stands beside the findings for whoever looks at the whole plan: nothing in it decides a verdict.

    The tables that sentences rest on, all days of the plan that are not personal with those that sentences compare
    them with, and the ballot accounts.
    """

    bands: tuple[Bands, ...] = ()
    days: tuple[Number, ...] = ()
    limits: tuple[Limit, ...] = ()
    accounts: tuple[BallotAccount, ...] = ()


@frozen
class Report:
    """Everything one command found out about a plan. `units` give the words that its numbers are printed with.

    `layers` are the rulesets above, nearest first, `origins` where values come from that other rulesets define;
    `vocabulary` names what an attestation or a period speaks of; `community` is the plan's
    community by its own name, where it stands among many; `sources` are the documents that articles
    are cited from, `beside` is what a page draws.
    Personal values are replaced in every output unless it is `personal`.
    """

    ruleset: RulesetInfo | None
    plan: PlanHeader
    name: str
    day: date | None
    law_day: date | None
    findings: tuple[Finding, ...] = ()
    counts: tuple[Count, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    readings: tuple[Reading, ...] = ()
    plugins: tuple[tuple[str, str], ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    all_readings: tuple[AllReadings, ...] = ()
    units: tuple[Unit, ...] = ()
    layers: tuple[Layer, ...] = ()
    origins: Mapping[str, Layer] = field(factory=dict, eq=False)
    attestations: tuple[Attestation, ...] = ()
    vocabulary: Vocabulary | None = None
    personal: bool = False
    community: str = ""
    sources: tuple[SourceDocument, ...] = ()
    beside: Beside = Beside()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts not given, by how many open binding findings each could settle (most first), then by name."""
        tally: dict[str, tuple[int, Missing]] = {}
        for finding in self.findings:
            if finding.force is Force.MUST:
                for fact in finding.missing:
                    count, _ = tally.get(fact.key, (0, fact))
                    tally[fact.key] = (count + 1, fact)
        return tuple(fact for _, fact in sorted(tally.values(), key=lambda entry: (-entry[0], entry[1].key)))


@frozen
class Across:
    """Many communities: a report on each, those with open findings first, and one on what is asked of all of them."""

    reports: tuple[Report, ...]
    city: Report


__all__ = [
    "Across",
    "Advice",
    "AllReadings",
    "BallotAccount",
    "Band",
    "Bands",
    "Beside",
    "Choice",
    "Combination",
    "Count",
    "Dependence",
    "Finding",
    "Limit",
    "Missing",
    "Number",
    "Reason",
    "Report",
    "RulesetInfo",
    "Subject",
    "Value",
    "Verdict",
    "fingerprint",
    "is_personal",
    "told",
]
