"""The tree: what was written, word for word as far as the author chose words, in one closed union for all languages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import field

from civicrules.exact import Exact
from civicrules.source import Span
from civicrules.values import aside, frozen


@frozen
class Word:
    """A keyword: its terminal, and the phrase that the author chose."""

    terminal: str
    text: str = field(eq=False)
    span: Span | None = field(default=None, **aside)


# ---------------------------------------------------------------- phrases


@frozen
class Name:
    """A name as written, quotes off; one that is `implied` is that of an age, which *years of age* need not name."""

    text: str
    implied: bool = field(default=False, kw_only=True)
    span: Span | None = field(default=None, **aside)


@frozen
class Path:
    """`residents committee's vice chairs`, `居委会的副主任`: names, each inside the one before it."""

    steps: tuple[Name, ...]
    span: Span | None = field(default=None, **aside)


@frozen
class Quantity:
    """A number, with a unit where one is written."""

    value: Exact
    unit: Name | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Part:
    """A share as written: a percentage, a ratio, `half`, `a majority` (more than half).

    `precision` is the last printed unit of a percentage: 1/1000 of `39.0%`.
    """

    value: Fraction
    kind: str
    precision: Fraction | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Day:
    """A calendar day."""

    value: date
    span: Span | None = field(default=None, **aside)


@frozen
class Truth:
    """`yes` or `no`."""

    value: bool
    span: Span | None = field(default=None, **aside)


@frozen
class Nothing:
    """`none`: what never happened, or nobody."""

    span: Span | None = field(default=None, **aside)


@frozen
class Quoted:
    """A text in quotes."""

    text: str
    span: Span | None = field(default=None, **aside)


@frozen
class Binary:
    """Two phrases joined by + − × ÷."""

    operator: str
    left: Phrase
    right: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Share:
    """A part of a base: `30% of units`, `单位数的30%`."""

    part: Part
    base: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Range:
    """`3 to 5 members`. In `10% to 30% of units` the base serves both ends."""

    low: Phrase
    high: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Excess:
    """`households above 1500`."""

    of: Phrase
    above: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Rate:
    """`1 per 100 households`; `full` where only whole hundreds count: `1 per full 100 households`, `每满100户`."""

    count: Quantity
    per: Phrase
    of: Phrase
    full: bool = False
    span: Span | None = field(default=None, **aside)


@frozen
class Each:
    """`each candidate`, `每名候选人的年龄`: the first step names one member of a list."""

    of: Path
    word: Word
    span: Span | None = field(default=None, **aside)


@frozen
class Tally:
    """`number of candidates where sex is female`: the `kind` is *number*, *share* or *total* (of a path's last step).

    `number of each street's communities where …` counts in every street by itself.
    """

    kind: str
    of: Path | Each
    where: Phrase | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Members:
    """`members where part-time is no`: the members of a list for whom a condition holds."""

    of: Path
    where: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Duration:
    """`5 years`, `3日`: a number of days, weeks, months or years (the terminal of `unit`)."""

    number: Exact
    unit: Word
    span: Span | None = field(default=None, **aside)


@frozen
class Shift:
    """`3 days before first ballot day`, `首个投票日的3日前`."""

    duration: Duration
    day: Phrase
    back: bool
    span: Span | None = field(default=None, **aside)


@frozen
class AgeOn:
    """`age on term end`, `任期届满时的年龄`: an age on another day than the usual one."""

    age: Path | Each
    day: Path
    span: Span | None = field(default=None, **aside)


@frozen
class Call:
    """`larger of (a, b)`."""

    function: Path
    arguments: tuple[Phrase, ...]
    span: Span | None = field(default=None, **aside)


@frozen
class Suffix:
    """What follows a formula after a comma: a rounding (`word`, or `word` and the reading's name) or a bound."""

    word: Word
    value: Phrase | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Formula:
    """A phrase with suffixes, from left to right."""

    of: Phrase
    suffixes: tuple[Suffix, ...]
    span: Span | None = field(default=None, **aside)


@frozen
class Brackets:
    """A phrase in brackets."""

    of: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Option:
    """A way of reading that is a word of the language: a rounding or a choice of row."""

    word: Word
    span: Span | None = field(default=None, **aside)


# ---------------------------------------------------------------- predicates and conditions


@frozen
class Compared:
    """`at least 3`, `不超过代表总数的30%`."""

    word: Word
    value: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Bounded:
    """`5 or more`, `5人以上`."""

    value: Phrase
    word: Word
    span: Span | None = field(default=None, **aside)


@frozen
class Being:
    """`is branch`, `is 3 to 5`, `不是党支部`; `printed`: `is … at its printed precision`."""

    value: Phrase
    negated: bool = False
    word: Word | None = None
    printed: bool = False
    span: Span | None = field(default=None, **aside)


@frozen
class Within:
    """`within committee size`, `within 5 days after voter list posted`."""

    range: Path | Shift
    span: Span | None = field(default=None, **aside)


@frozen
class Between:
    """`between 3 and 5`, both ends included."""

    low: Phrase
    high: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class AnyListed:
    """`one of all voters, household delegates`; `joined` as `all voters or household delegates`."""

    values: tuple[Phrase, ...]
    negated: bool = False
    joined: bool = False
    span: Span | None = field(default=None, **aside)


@frozen
class Ago:
    """`less than 5 years ago`, `之日起不满5年`."""

    word: Word
    duration: Duration
    span: Span | None = field(default=None, **aside)


@frozen
class AmongList:
    """`among representatives`, `列为候选人`."""

    list: Path
    negated: bool = False
    word: Word | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Both:
    """不少于5%，且不少于30人: several edges of one value, all of which are asked."""

    parts: tuple[Compared | Bounded, ...]
    span: Span | None = field(default=None, **aside)


Predicate = Compared | Bounded | Being | Within | Between | AnyListed | Ago | AmongList | Both


@frozen
class Test:
    """A phrase and what is said of it."""

    subject: Phrase
    predicate: Predicate
    span: Span | None = field(default=None, **aside)


@frozen
class Negation:
    """`not P`."""

    of: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class AllOf:
    """`P and Q`."""

    parts: tuple[Phrase, ...]
    span: Span | None = field(default=None, **aside)


@frozen
class AnyOf:
    """`P or Q`."""

    parts: tuple[Phrase, ...]
    span: Span | None = field(default=None, **aside)


@frozen
class Except:
    """`except when incumbent`, `except when incumbent: at most 65`; the predicate is what is asked instead."""

    condition: Phrase
    predicate: Predicate | None = None
    citation: Reference | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Item:
    """A line of a list, with its exceptions, citation and lines of its own."""

    of: Phrase
    exceptions: tuple[Except, ...] = ()
    citation: Reference | None = None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Items:
    """`all of these:`, `any of these:`, `at least 2 of these:`, `this order:` and the lines below.

    `word` tells which (by its terminal); `number` is that of *at least 2*. With `then` the list is what a sentence
    depends on: `each candidate must not be among representatives when any of these:`.
    """

    word: Word
    items: tuple[Item, ...] = ()
    number: int | None = None
    then: Predicate | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class CaseRow:
    """`when sex is female: 55`; *otherwise* has no condition."""

    condition: Phrase | None
    value: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class CaseRows:
    """The cases of a definition, the first that holds counts."""

    rows: tuple[CaseRow, ...]
    span: Span | None = field(default=None, **aside)


Phrase = (
    Path
    | Quantity
    | Part
    | Day
    | Truth
    | Nothing
    | Quoted
    | Binary
    | Share
    | Range
    | Excess
    | Rate
    | Each
    | Tally
    | Members
    | Duration
    | Shift
    | AgeOn
    | Call
    | Formula
    | Brackets
    | Option
    | Compared
    | Bounded
    | Test
    | Negation
    | AllOf
    | AnyOf
    | Items
    | CaseRows
)


# ---------------------------------------------------------------- lines


@frozen
class Force:
    """The force word of a sentence, `not` included. `front` when it stands before the subject (提倡)."""

    word: Word
    negated: bool = False
    front: bool = False
    span: Span | None = field(default=None, **aside)


@frozen
class Clause:
    """Subject, force and predicate, or the list of what is asked."""

    subject: Phrase
    force: Force
    predicate: Predicate | Items
    span: Span | None = field(default=None, **aside)


@frozen
class Reference:
    """A citation as written: the words inside the brackets."""

    text: str
    span: Span | None = field(default=None, **aside)


@frozen
class Entry:
    """A line `key: value` of a block. `key` is the key's id where the word table knows it, else the words as written.

    `names` are what follows the key word before the colon (`source notice: …`). `values` are the values between commas,
    empty when the value is kept as `text` only (names, levels).
    """

    key: str
    names: tuple[Name, ...] = ()
    values: tuple[Phrase, ...] = ()
    text: str = ""
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)
    key_span: Span | None = field(default=None, **aside)
    value_span: Span | None = field(default=None, **aside)


@frozen
class Sentence:
    """A clause, under the guard of its line and of the block it stands in, with exceptions, citation and own lines."""

    clause: Clause
    guards: tuple[Phrase, ...] = ()
    exceptions: tuple[Except, ...] = ()
    citation: Reference | None = None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Row:
    """A case of a table and its value: what each input must be, one or two tests each; *otherwise* has none."""

    cells: tuple[tuple[Phrase, ...], ...]
    value: Phrase
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


# ---------------------------------------------------------------- statements


@frozen
class Ruleset:
    """`ruleset NAME "title"` and its keys."""

    name: Name
    title: Quoted | None
    entries: tuple[Entry, ...]
    span: Span | None = field(default=None, **aside)


@frozen
class VocabularyHead:
    """`vocabulary NAME "title"`."""

    name: Name
    title: Quoted | None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Property:
    """What a declaration says of a field after the colon: a kind or a modifier, with its names and numbers."""

    kind: str
    names: tuple[tuple[Name, ...], ...] = ()
    numbers: tuple[Exact, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Declared:
    """`households / 居民户数: number in households`: the forms of a name and its properties."""

    names: tuple[Name, ...]
    properties: tuple[Property, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Declaration:
    """A statement of a vocabulary: `entity`, `body`, `list`, `unit` or `step`, with its fields."""

    opener: str
    head: Declared
    fields: tuple[Declared, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Section:
    """`section "How many" [notice III.2]`."""

    title: Quoted
    citation: Reference | None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Rule:
    """A sentence at the margin, a guard over sentences, or `rule NAME` with sentences (`name` is then given)."""

    name: Name | None
    title: Quoted | None
    sentences: tuple[Sentence, ...]
    citation: Reference | None = None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Definition:
    """`NAME means …`."""

    name: Name
    value: Phrase
    citation: Reference | None = None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Table:
    """`NAME is set by INPUT, INPUT:` and rows."""

    name: Name
    inputs: tuple[Path, ...]
    rows: tuple[Row, ...]
    citation: Reference | None = None
    entries: tuple[Entry, ...] = ()
    span: Span | None = field(default=None, **aside)


@frozen
class Block:
    """`reading`, `contest` or `allocation`: a name, a title or question, and keys."""

    opener: str
    name: Name
    title: Quoted | None
    entries: tuple[Entry, ...]
    citation: Reference | None = None
    span: Span | None = field(default=None, **aside)


@frozen
class Expected:
    """`committee posts: cannot say`, `required representatives is 51`."""

    name: Path
    value: Phrase | Word
    span: Span | None = field(default=None, **aside)


@frozen
class Chosen:
    """`reading band edge: the later row`, in an example."""

    reading: Path
    option: Phrase
    span: Span | None = field(default=None, **aside)


@frozen
class Example:
    """Facts given and what is expected of them under readings; or a table of inputs and values (`rows`)."""

    title: Quoted | None
    given: tuple[Phrase, ...] = ()
    expect: tuple[Expected, ...] = ()
    name: Name | None = None
    inputs: tuple[Path, ...] = ()
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()
    readings: tuple[Chosen, ...] = ()
    span: Span | None = field(default=None, **aside)


Statement = Ruleset | VocabularyHead | Declaration | Section | Rule | Definition | Table | Block | Example


@frozen
class Spoilt:
    """A statement of which something was not understood: the text after its opener, and all its lines."""

    head: str
    span: Span


@frozen
class Tree:
    """A whole text: its natural language, its statements in order, and those that were not understood whole."""

    language: str
    statements: tuple[Statement, ...]
    spoilt: tuple[Spoilt, ...] = field(default=(), **aside)
