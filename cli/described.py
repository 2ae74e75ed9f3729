"""The work of `civicrules schema`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from civicrules import Rules
from civicrules.diagnostics import Diagnostic, has_errors
from civicrules.values import frozen

from .filing import write
from .language import of_computer
from .named import named
from .output import Unusable, put
from .words import names, word


@frozen
class Order:
    """What the command line says."""

    ruleset: str
    output: Path | None
    force: bool
    every: bool
    rules: Path | None
    language: str | None

    @property
    def spoken(self) -> str:
        """The language to answer in."""
        return self.language or of_computer()

    def refused(self, *problems: Diagnostic) -> Unusable:
        """The end of a command that cannot go on."""
        return Unusable(problems, self.spoken, last=names("nothing done"))


def described(order: Order) -> int:
    """Write the schema; the exit status."""
    rules = _rules(order)
    text = json.dumps(rules.schema(order.language, every=order.every), ensure_ascii=False, indent=2)
    if order.output is None:
        put(text, form="json")
        return 0
    if problems := write({order.output: f"{text}\n".encode()}, force=order.force):
        raise order.refused(*problems)
    put(word("new.form", order.spoken, file=str(order.output)), sys.stderr)
    return 0


def _rules(order: Order) -> Rules:
    """The one ruleset that was named."""
    found = named(order.ruleset, order.rules, order.spoken)
    if len(found) > 1:
        raise order.refused(
            Diagnostic("CR0819", None, {"folder": order.ruleset, "known": tuple(name for name, _ in found)})
        )
    _, taken = found[0]
    if taken.rules is None or has_errors(taken.diagnostics):
        raise order.refused(*taken.diagnostics)
    return taken.rules
