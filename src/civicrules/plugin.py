"""Plugins: values with typed parts, and the frozen registry that holds them. Built-ins are one such value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field

from civicrules.diagnostics import Diagnostic
from civicrules.exact import Exact
from civicrules.outcome import Decision, Outcome
from civicrules.program import Names, NumberType
from civicrules.source import Source
from civicrules.values import frozen

if TYPE_CHECKING:
    from civicrules.findings import Report

API = 1


@frozen
class Function:
    """A pure, exact function of numbers that rulesets call by name: `larger of (a, b)`.

    `parameters` and `result` declare units and ranges; `unit None` takes any unit and `same_unit` says that all arguments
    share one, which is the result's. The result is checked against its declared range when it is called.
    """

    names: Names
    parameters: tuple[NumberType, ...]
    result: NumberType
    run: Callable[..., Exact] = field(eq=False)
    same_unit: bool = False
    doc: Names = Names()


class Kind(Enum):
    """What a parameter of a method takes, which tells the compiler how to read and check it."""

    NUMBER = "number"  # an expression whose value is whole
    FRACTION = "fraction"  # an expression that need not be whole
    NUMBERS = "numbers"  # one expression per post, in order
    HURDLE = "hurdle"  # `at least 5% of valid ballots`
    RANGE = "range"  # `1 to 3`, `at least 1`
    CONDITION = "condition"  # over facts of the plan
    THRESHOLD = "threshold"  # a comparison of `votes` with a share of a base, then the order
    POSTS = "posts"  # choices of the candidates' `post`
    LIST = "list"  # a list of the vocabulary
    FIELD = "field"  # a numeric field of the list's members
    CANDIDATES = "candidates"  # a list, how many must stand in it, or the strongest losers
    OF_CANDIDATE = "of candidate"  # a condition on each member of the block's list
    LIMITS = "limits"  # on how many of the elected meet a condition
    RELATIVES = "relatives"  # a field of the list's members that names people
    MODES = "modes"  # choices of the fact that has the parameter's name
    FOLLOW_UP = "follow up"  # one of the method's own words, or another contest
    OPTION = "option"  # one of the method's own words
    OPTIONS = "options"  # several of them, in order
    BASE = "base"  # a fact that majorities are counted on


@frozen
class Parameter:
    """A key of a `contest` or `allocation` block, as its method declares it. `options` are the words it takes.

    `needs` is the id of another parameter, without which this one says nothing.
    """

    id: str
    names: Names
    kind: Kind
    required: bool = False
    options: tuple[tuple[str, Names], ...] = ()
    default: str = ""
    needs: str = ""


class Purpose(Enum):
    """What a method is for."""

    CONTEST = "contest"
    ALLOCATION = "allocation"


@frozen
class Method:
    """A counting or allocation method: a short exact function with its parameters, history, bias and source.

    `run` takes the request of its purpose (`tally.Contest` or `tally.Allocation`) with the decisions made so far, and
    returns an outcome. `fixed` writes into a request what the method itself fixes (divisors, votes per paper), so that a
    record of the count says everything that it was counted by.
    """

    id: str
    names: Names
    purpose: Purpose
    parameters: tuple[Parameter, ...]
    run: Callable[[Any, Sequence[Decision]], Outcome] = field(eq=False)
    doc: Names = Names()
    fixed: Callable[[Any], Any] = field(default=lambda request: request, eq=False)


@frozen
class Draw:
    """Lots that can be drawn again by anybody: a pure function of a seed, the number of a question and its options.

    `run` gives each option a mark, no two the same; the options with the smallest marks are drawn, in the order of
    texts. `doc` says the algorithm so that it can be carried out without this program, and its source.
    """

    id: str
    names: Names
    run: Callable[[str, str, tuple[str, ...]], Mapping[str, str]] = field(eq=False)
    doc: Names = Names()


@frozen
class Reader:
    """Reads files of an extension (`.yaml`) into a raw plan: a value and its diagnostics."""

    extension: str
    read: Callable[[Path], tuple[Any, Sequence[Diagnostic]]] = field(eq=False)


@frozen
class Reporter:
    """Writes a report in a format (`text`, `json`): the report and a language tag in, a text out."""

    name: str
    render: Callable[[Report, str], str] = field(eq=False)


@frozen
class Words:
    """A table of keywords for a natural language, by tag: terminal → phrases, the first of which is printed."""

    tag: str
    load: Callable[[], Mapping[str, Any]] = field(eq=False)


@frozen
class Text:
    """A vocabulary or a ruleset that a plugin ships: its name, and a function that gives its texts by language tag."""

    name: str
    load: Callable[[], Mapping[str, Source]] = field(eq=False)


@frozen
class Plugin:
    """Everything one plugin adds. `api` is the version of this interface it was written for."""

    name: str
    version: str
    api: int = API
    functions: tuple[Function, ...] = ()
    methods: tuple[Method, ...] = ()
    draws: tuple[Draw, ...] = ()
    readers: tuple[Reader, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    vocabularies: tuple[Text, ...] = ()
    rulesets: tuple[Text, ...] = ()
    words: tuple[Words, ...] = ()


@frozen
class Registry:
    """The plugins at hand. A value: `with_plugin` gives another one.

    Looking up a name returns every owner of it with the part, so that the caller can tell none, one and several apart.
    """

    plugins: tuple[Plugin, ...] = ()

    def with_plugin(self, plugin: Plugin) -> Registry:
        """The same registry with one plugin more."""
        return evolve(self, plugins=(*self.plugins, plugin))

    def _owners(self, part: str, matches: Callable[[Any], bool]) -> tuple[tuple[Plugin, Any], ...]:
        return tuple((plugin, item) for plugin in self.plugins for item in getattr(plugin, part) if matches(item))

    def functions(self) -> tuple[tuple[Plugin, Function], ...]:
        return self._owners("functions", lambda item: True)

    def methods(self, purpose: Purpose | None = None) -> tuple[tuple[Plugin, Method], ...]:
        return self._owners("methods", lambda item: purpose is None or item.purpose is purpose)

    def draws(self, id: str | None = None) -> tuple[tuple[Plugin, Draw], ...]:
        return self._owners("draws", lambda item: id is None or item.id == id)

    def readers(self, extension: str) -> tuple[tuple[Plugin, Reader], ...]:
        return self._owners("readers", lambda item: item.extension == extension)

    def reporters(self, name: str) -> tuple[tuple[Plugin, Reporter], ...]:
        return self._owners("reporters", lambda item: item.name == name)

    def vocabularies(self, name: str) -> tuple[tuple[Plugin, Text], ...]:
        return self._owners("vocabularies", lambda item: item.name == name)

    def rulesets(self, name: str) -> tuple[tuple[Plugin, Text], ...]:
        return self._owners("rulesets", lambda item: item.name == name)

    def words(self, tag: str) -> tuple[tuple[Plugin, Words], ...]:
        return self._owners("words", lambda item: item.tag == tag)
