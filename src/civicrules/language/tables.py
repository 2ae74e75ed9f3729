"""The parser's tables: loaded where they were built at installation, else built from the grammar."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Action, Shift

from civicrules.source import shipped_folder

STARTS = (
    *("statement", "listed", "exception", "row", "case_row", "entry"),
    *("validity", "declaration", "expectations", "chosen"),
)
_TABLES = "civicrules.tables"


class TokenList(Lexer):
    """Hands tokens that are there already to the parser."""

    __future_interface__ = 2  # lark hands over the whole state and puts no class of its own around this one

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[lark.Token]:
        return iter(lexer_state.text)


OPTIONS: dict[str, Any] = {"parser": "lalr", "lexer": TokenList, "start": list(STARTS), "maybe_placeholders": False}


class Loop:
    """A loop of its own over lark's tables.

    Most of a text's time goes into reductions, and lark asks of each anew which rule it is, compared as Python compares
    objects; here what a rule does is found once.
    """

    def __init__(self, made: lark.Lark) -> None:
        lalr = made.parser.parser.parser
        self.table, self.callbacks = lalr.parse_table, lalr.callbacks
        self.reductions: dict[int, tuple[Callable[[list[Any]], Any], int, str]] = {}

    def tree(self, tokens: Sequence[lark.Token], start: str) -> Any:
        """The tree of the tokens; `None` where they are no sentence."""
        table, reductions = self.table, self.reductions
        steps, end = table.states, table.end_states[start]
        state = table.start_states[start]
        states, values = [state], []
        for token in (*tokens, None):
            kind = "$END" if token is None else token.type
            while True:
                step = steps[state].get(kind)
                if step is None:
                    return None
                action, to = step
                if action is Shift:
                    states.append(state := to)
                    values.append(token)
                    break
                reduction = reductions.get(id(to))
                if reduction is None:
                    callback = self.callbacks[to]
                    reduction = reductions[id(to)] = callback, len(to.expansion), str(to.origin.name)
                callback, size, origin = reduction
                below = len(values) - size
                value = callback(values[below:])
                del values[below:], states[below + 1 :]
                state = steps[states[below]][origin][1]
                if token is None and state == end:
                    return value
                states.append(state)
                values.append(value)
        return None


def _stamp() -> bytes:
    """What tables are made from: with another lark, or after a change of the grammar, they are made anew."""
    return f"lark {lark.__version__}, grammar {sha256(f'{STARTS}{text()}'.encode()).hexdigest()}\n".encode()


def text() -> str:
    """The text of the language's grammar."""
    return (shipped_folder("grammars") / "civicrules.lark").read_text(encoding="utf-8")


def build() -> lark.Lark:
    """The parser, from the grammar."""
    return lark.Lark(text(), **OPTIONS)


def write_tables(path: Path) -> None:
    """Write the parser to a file, with what it was made from.

    Whole, since making its objects anew from lark's own format takes longer than to read most rulesets; but modules and
    lark's two actions, which it compares by identity, stay the ones there are.
    """
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.dispatch_table = {
        ModuleType: lambda module: (import_module, (module.__name__,)),
        Action: lambda action: action.name,
    }
    pickler.dump(_slim(build()))
    path.write_bytes(_stamp() + stream.getvalue())


def _slim(made: lark.Lark) -> lark.Lark:
    """A parser without the grammar that it was built from, equal steps as one, names as plain texts: loads in half the time."""
    made.grammar, made.source_grammar, made._parse_tree_builder = None, "", None  # type: ignore[assignment]
    for symbol in (symbol for rule in made.rules for symbol in (rule.origin, *rule.expansion)):
        symbol.name = sys.intern(str(symbol.name))
    steps: dict[Any, Any] = {}
    states = made.parser.parser._parse_table.states
    for state, row in states.items():
        states[state] = {sys.intern(str(symbol)): steps.setdefault(step, step) for symbol, step in row.items()}
    return made


@cache
def parser() -> lark.Lark:
    """The parser: from the tables beside the grammar when they were made from it by the same lark, else from the grammar."""
    shipped = shipped_folder("grammars") / _TABLES
    if shipped.is_file():
        data, stamp = shipped.read_bytes(), _stamp()
        if data.startswith(stamp):
            made: lark.Lark = pickle.loads(data[len(stamp) :])
            return made
    return build()


@cache
def _loop() -> Loop:
    return Loop(parser())


def parse(tokens: list[lark.Token], start: str) -> Any:
    """The tree of the tokens of a line under a start rule.

    UnexpectedToken where they are none: lark's own loop says what it met, and what it would have taken.
    """
    tree = _loop().tree(tokens, start)
    return parser().parse(tokens, start=start) if tree is None else tree
