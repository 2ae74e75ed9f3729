"""Election rules as law-like text: compiled to validators and tally functions, checked like code.

`load` a ruleset, `check` a plan, ask for a `value`, count a `contest`, divide an `allocation`. Everything is loaded
when it is first used: importing this package reads no ruleset, no plugin and no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from civicrules.version import VERSION as __version__

if TYPE_CHECKING:
    from civicrules.derived import Derived
    from civicrules.diagnostics import Diagnostic, Severity
    from civicrules.facts import Fact, FactList, Facts, Row
    from civicrules.findings import Finding, Number, Report, Verdict
    from civicrules.formatting import Formatted, format
    from civicrules.library import FolderLibrary, Found, Libraries, Library, MappingLibrary, shipped
    from civicrules.outcome import CannotSay, Decided, Decision, DecisionRequired, Outcome, Question, Seat, Step, Void
    from civicrules.pipeline import Compiled
    from civicrules.plugin import (
        Function,
        Kind,
        Method,
        Parameter,
        Plugin,
        Purpose,
        Reader,
        Registry,
        Reporter,
        Text,
        Words,
    )
    from civicrules.program import Names, NumberType, Program
    from civicrules.rules import BoundAllocation, BoundContest, Rules, RulesetError, compile, load
    from civicrules.source import Cell, Key, Source, Span

_HOMES = {
    "derived": ("Derived",),
    "diagnostics": ("Diagnostic", "Severity"),
    "facts": ("Fact", "FactList", "Facts", "Row"),
    "findings": ("Finding", "Number", "Report", "Verdict"),
    "formatting": ("Formatted", "format"),
    "library": ("FolderLibrary", "Found", "Libraries", "Library", "MappingLibrary", "shipped"),
    "outcome": (
        "CannotSay", "Decided", "Decision", "DecisionRequired", "Outcome", "Question", "Seat", "Step", "Void",
    ),
    "pipeline": ("Compiled",),
    "plugin": (
        "Function", "Kind", "Method", "Parameter", "Plugin", "Purpose", "Reader", "Registry", "Reporter", "Text",
        "Words",
    ),
    "program": ("Names", "NumberType", "Program"),
    "rules": ("BoundAllocation", "BoundContest", "Rules", "RulesetError", "compile", "load"),
    "source": ("Cell", "Key", "Source", "Span"),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BoundAllocation",
    "BoundContest",
    "CannotSay",
    "Cell",
    "Compiled",
    "Decided",
    "Decision",
    "DecisionRequired",
    "Derived",
    "Diagnostic",
    "Fact",
    "FactList",
    "Facts",
    "Finding",
    "FolderLibrary",
    "Formatted",
    "Found",
    "Function",
    "Key",
    "Kind",
    "Libraries",
    "Library",
    "MappingLibrary",
    "Method",
    "Names",
    "Number",
    "NumberType",
    "Outcome",
    "Parameter",
    "Plugin",
    "Program",
    "Purpose",
    "Question",
    "Reader",
    "Registry",
    "Report",
    "Reporter",
    "Row",
    "Rules",
    "RulesetError",
    "Seat",
    "Severity",
    "Source",
    "Span",
    "Step",
    "Text",
    "Verdict",
    "Void",
    "Words",
    "__version__",
    "compile",
    "format",
    "load",
    "shipped",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"civicrules.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
