"""The work of `civicrules fmt`."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from civicrules import Formatted, Source
from civicrules import format as format_text
from civicrules.diagnostics import Diagnostic, has_errors
from civicrules.library import declared_language, decoded, is_vocabulary
from civicrules.report import diagnostics as shown
from civicrules.report.json import diagnostic_document
from civicrules.report.terminal import colour, columns, encoding
from civicrules.values import frozen

from .files import not_there
from .filing import write
from .language import of_computer, spoken
from .output import Unusable, put, put_json
from .rulesets import library_of
from .words import names, word

FORMAT = "civicrules-fmt/1"
_INPUT = Path("-")


@frozen
class Order:
    """What the command line says."""

    paths: tuple[Path, ...]
    check: bool
    diff: bool
    into: str | None
    output: Path | None
    force: bool
    rules: Path | None
    format: str

    @property
    def only_looks(self) -> bool:
        """Whether no file is to be changed."""
        return self.check or self.diff or self.into is not None

    def refused(self, *problems: Diagnostic) -> Unusable:
        """The end of a command that cannot go on."""
        return Unusable(problems, of_computer(), self.format, last=names("nothing done"))


@frozen
class Done:
    """One text: as it was, as it should stand, and whether the file says so now."""

    path: Path
    before: str
    after: Formatted
    changed: bool

    @property
    def language(self) -> str:
        """The language to speak of it in: that of its writer."""
        return spoken(declared_language(self.before)) or of_computer()

    @property
    def name(self) -> str:
        return "<stdin>" if self.path == _INPUT else str(self.path)


def formatted(order: Order) -> int:
    """Do what was ordered; the exit status."""
    done = [_one(path, order) for path in _files(order)]
    if order.into is not None and order.output is not None:
        _write(order.output, done[0].after.text, order)
    elif not order.only_looks:
        for one in done:
            if one.changed and one.path != _INPUT:
                _write(one.path, _as_before(one), order)
    if order.format == "json":
        put_json({"format": FORMAT, "files": [_document(one, order) for one in done]})
    else:
        _tell(done, order)
    if any(has_errors(one.after.diagnostics) for one in done):
        return 2
    return int((order.check or order.diff) and any(one.changed for one in done))


def _files(order: Order) -> Iterator[Path]:
    """The texts that were named, and those in the folders that were; all are looked for before one is changed."""
    found: list[Path] = []
    for path in order.paths:
        if path != _INPUT and not path.exists():
            raise order.refused(not_there(path))
        found.extend(_texts(path, order) if path.is_dir() else [path])
    if order.output is not None and order.output.exists() and not order.force:
        raise order.refused(Diagnostic("CR0813", None, {"file": str(order.output)}))
    return iter(dict.fromkeys(found))


def _texts(folder: Path, order: Order) -> list[Path]:
    """The texts in a folder; to be translated, the one ruleset in it that is not in that language yet."""
    found = sorted(folder.rglob("*.civic"))
    if order.into is None:
        return found
    others = [path for path in found if _is_other(decoded(_bytes(path, order)), order.into)]
    if len(others) != 1:
        which = "\n".join(f"  civicrules fmt {path} --lang {order.into}" for path in others or found)
        said = word("fmt.one of", of_computer(), folder=str(folder), n=len(others))
        raise click.UsageError(f"{said}\n{word('fmt.which', of_computer())}\n{which}" if which else said)
    return others


def _is_other(text: str, language: str) -> bool:
    """Whether a text is a ruleset in another language."""
    return not is_vocabulary(text) and declared_language(text) != language


def _one(path: Path, order: Order) -> Done:
    data = _bytes(path, order)
    before = decoded(data)
    name = "<stdin>" if path == _INPUT else path.name
    library = library_of(order.rules, None) if order.rules is not None else library_of(*_home(path))
    after = format_text(Source(name, before), order.into, library)
    if after.text == before and not order.into:
        return Done(path, before, after, not _is_plain(data))
    if after.diagnostics and not order.only_looks and path != _INPUT:  # they speak of the text that will be there
        after = format_text(Source(name, after.text), None, library)
    return Done(path, before, after, after.text != before)


def _home(path: Path) -> tuple[Path | None, Path | None]:
    """Where the vocabularies of a text are looked for: beside it, or beside its folder."""
    return (None, Path()) if path == _INPUT else (path, None)


def _bytes(path: Path, order: Order) -> bytes:
    try:
        data = sys.stdin.buffer.read() if path == _INPUT else path.read_bytes()
    except OSError:
        raise order.refused(Diagnostic("CR0341", None, {"file": str(path)})) from None
    if "\ufffd" in decoded(data) and "\ufffd".encode() not in data:
        raise order.refused(Diagnostic("CR0341", None, {"file": str(path)}))
    return data


def _is_plain(data: bytes) -> bool:
    """Whether a file is written as a text should be: in UTF-8 without a mark in front, with one kind of line end."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    ends = text.count("\r\n")
    return not text.startswith("\ufeff") and text.count("\r") == ends and ends in (0, text.count("\n"))


def _as_before(one: Done) -> str:
    """The new text with the line ends that the file had."""
    windows = b"\r\n" in one.path.read_bytes().partition(b"\n")[0] + b"\n"
    return one.after.text.replace("\n", "\r\n") if windows else one.after.text


def _write(path: Path, text: str, order: Order) -> None:
    """Write over a text that was put in order, or to the file for its translation."""
    if problems := write({path: text.encode()}, force=True):
        raise order.refused(*problems)


# ---------------------------------------------------------------- what is said


def _tell(done: list[Done], order: Order) -> None:
    for one in done:
        if order.diff:
            _show_diff(one)
        elif one.path == _INPUT or (order.into is not None and order.output is None):
            put(one.after.text.removesuffix("\n"))
        elif order.output is not None:
            put(word("new.form", one.language, file=str(order.output)), sys.stderr)
        elif one.changed:
            put(word("fmt.would" if order.check else "fmt.changed", one.language, file=one.name))
    for one in done:
        if one.after.diagnostics:
            stream = sys.stderr
            text = shown.render(
                one.after.diagnostics, one.language, width=columns(), colour=colour(stream), encoding=encoding(stream)
            )
            put(text, stream)
    if order.into is None and not any(one.path == _INPUT for one in done):
        changed = sum(one.changed for one in done)
        key = "fmt.total would" if order.check or order.diff else "fmt.total"
        put(
            word(key, done[0].language if done else of_computer(), changed=changed, same=len(done) - changed),
            sys.stderr,
        )


def _show_diff(one: Done) -> None:
    lines = difflib.unified_diff(one.before.splitlines(), one.after.text.splitlines(), one.name, one.name, lineterm="")
    text = "\n".join(lines)
    if text:
        put(text)


def _document(one: Done, order: Order) -> dict[str, object]:
    document: dict[str, object] = {
        "file": one.name,
        "changed": one.changed,
        "diagnostics": [diagnostic_document(found) for found in one.after.diagnostics],
    }
    if one.path == _INPUT or order.into is not None:
        document["text"] = one.after.text
    return document
