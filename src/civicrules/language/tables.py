"""The parser's tables: loaded where they were built with the wheel, else built from the grammar."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Action

from civicrules.source import shipped_folder

STARTS = ("statement", "listed", "exception", "row", "case_row", "entry", "validity", "declaration", "expectations")
_TABLES = "civicrules.tables"


class TokenList(Lexer):
    """Hands tokens that are there already to the parser."""

    __future_interface__ = 2  # lark hands over the whole state and puts no class of its own around this one

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[lark.Token]:
        return iter(lexer_state.text)


def _stamp() -> bytes:
    return f"lark {lark.__version__}\n".encode()


def _grammar() -> str:
    return (shipped_folder("grammars") / "civicrules.lark").read_text(encoding="utf-8")


def build() -> lark.Lark:
    """The parser, from the grammar."""
    return lark.Lark(_grammar(), parser="lalr", lexer=TokenList, start=list(STARTS), maybe_placeholders=False)


def write_tables(path: Path) -> None:
    """Write the parser to a file, with the version of lark that can read it.

    Whole, since making its objects anew from lark's own format takes longer than to read most rulesets; but modules and
    lark's two actions, which it compares by identity, stay the ones there are.
    """
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.dispatch_table = {
        ModuleType: lambda module: (import_module, (module.__name__,)),
        Action: lambda action: action.name,
    }
    pickler.dump(build())
    path.write_bytes(_stamp() + stream.getvalue())


@cache
def parser() -> lark.Lark:
    """The parser: from the tables shipped in the wheel when the same lark made them, else from the grammar."""
    shipped = shipped_folder("grammars") / _TABLES
    if shipped.is_file():
        data = shipped.read_bytes()
        if data.startswith(_stamp()):
            made: lark.Lark = pickle.loads(data[len(_stamp()) :])
            return made
    return build()
