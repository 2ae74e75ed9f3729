"""The work of `civicrules new`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from civicrules import Rules
from civicrules.builtins import registry as builtin_registry
from civicrules.diagnostics import Diagnostic, has_errors
from civicrules.values import frozen

from .filing import write
from .language import of_computer
from .output import Unusable, put, put_json
from .rulesets import Wanted, library_of, take, texts_of
from .words import names, word

FORMS = (".xlsx", ".yaml", ".yml", ".json")
# Files that somebody could expect, and that no form is written as.
OTHERS = (".xls", ".xlsm", ".ods", ".csv", ".txt", ".docx", ".doc", ".pdf", ".toml", ".civic")
FORMAT = "civicrules-new/1"


@frozen
class Order:
    """What the command line says."""

    path: Path | None
    ruleset: str
    rules: Path | None
    force: bool
    language: str | None
    format: str

    @property
    def spoken(self) -> str:
        """The language to answer in."""
        return self.language or of_computer()

    @property
    def is_form(self) -> bool:
        """Whether a form is wanted, and not a copy of the ruleset."""
        return self.path is not None and not self.path.is_dir() and self.path.suffix.lower() in FORMS

    def refused(self, *problems: Diagnostic) -> Unusable:
        """The end of a command that cannot go on."""
        return Unusable(problems, self.spoken, self.format, last=names("nothing done"))


def written(order: Order) -> int:
    """Write what was ordered; the exit status."""
    path = order.path or Path()
    if not path.is_dir() and path.suffix.lower() in OTHERS:
        raise order.refused(Diagnostic("CR0814", None, {"file": str(path), "known": FORMS}))
    folder = path.parent if order.is_form else None
    taken = take(Wanted(order.ruleset, order.spoken, order.rules, folder), builtin_registry())
    if taken.rules is None or has_errors(taken.diagnostics):
        raise order.refused(*taken.diagnostics)
    files = _form(order, path, taken.rules) if order.is_form else _copy(order, path, taken.rules)
    if problems := write(files, force=order.force, folders=not order.is_form):
        raise order.refused(*problems)
    _tell(order, path, taken.rules, tuple(files))
    return 0


def _form(order: Order, path: Path, rules: Rules) -> Mapping[Path, bytes]:
    try:
        return {path: rules.form(path.suffix.lower(), order.spoken)}
    except ModuleNotFoundError:
        raise order.refused(Diagnostic("CR0815", None, {"file": str(path)})) from None


def _copy(order: Order, folder: Path, rules: Rules) -> Mapping[Path, bytes]:
    library, program = library_of(order.rules, None), rules.program
    texts = texts_of(order.ruleset, library, rules.registry)
    chosen = f"rules.{order.spoken}.civic"
    copied = [chosen] if chosen in texts else [*texts][:1]
    files = {folder / program.id / name: texts[name].text for name in copied}
    for name in program.vocabulary.id.split():
        source = rules.vocabulary_text(name, library)
        if source is not None:
            files[folder / name / "vocabulary.civic"] = source.text
    return {path: text.encode() for path, text in files.items()}


def _tell(order: Order, path: Path, rules: Rules, files: tuple[Path, ...]) -> None:
    shown = [str(file) for file in files]
    if order.format == "json":
        kind = "form" if order.is_form else "copy"
        put_json(
            {"format": FORMAT, "kind": kind, "ruleset": rules.program.id, "origin": rules.origin, "written": shown}
        )
    elif order.is_form:
        looked_in = f" --rules {order.rules}" if order.rules else ""
        made = word("new.form", order.spoken, file=shown[0])
        put(f"{made}\n{word('new.form next', order.spoken, file=shown[0] + looked_in)}")
    else:
        head, last = word("new.copy", order.spoken), word("new.copy next", order.spoken, folder=str(path))
        one = word("new.copy one", order.spoken)
        put("\n".join((head, *(f"  {file}" for file in shown), one, last)))
