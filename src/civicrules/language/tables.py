"""The parser's tables: loaded where they were built with the wheel, else built from the grammar."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import lark
from lark.lexer import Lexer

from civicrules.source import shipped_folder

STARTS = ("statement", "listed", "exception", "row", "case_row", "entry", "validity", "declaration", "expectations")
_TABLES = "civicrules.tables"


class TokenList(Lexer):
    """Hands tokens that are there already to the parser."""

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[lark.Token]:
        return iter(lexer_state)


def _stamp() -> bytes:
    return f"lark {lark.__version__}\n".encode()


def _grammar() -> str:
    return (shipped_folder("grammars") / "civicrules.lark").read_text(encoding="utf-8")


def build() -> lark.Lark:
    """The parser, from the grammar."""
    return lark.Lark(_grammar(), parser="lalr", lexer=TokenList, start=list(STARTS), maybe_placeholders=False)


def write_tables(path: Path) -> None:
    """Write the parser's tables to a file, with the version of lark that can read them."""
    stream = io.BytesIO()
    build().save(stream)
    path.write_bytes(_stamp() + stream.getvalue())


@cache
def parser() -> lark.Lark:
    """The parser: from the tables shipped in the wheel when the same lark made them, else from the grammar."""
    shipped = shipped_folder("grammars") / _TABLES
    if shipped.is_file():
        data = shipped.read_bytes()
        if data.startswith(_stamp()):
            return lark.Lark.load(io.BytesIO(data[len(_stamp()) :]))
    return build()
