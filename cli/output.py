"""What commands write: texts, JSON, what went wrong. Every encoding, width and closed pipe is survived here."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import click

from civicrules.codes import codes
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.facts import PlanHeader
from civicrules.findings import Report
from civicrules.program import Names
from civicrules.report import diagnostics as shown
from civicrules.report import json as report_json
from civicrules.report.status import status_sentence
from civicrules.report.terminal import colour, columns, encoding, write
from civicrules.report.words import word

from .language import of_computer


class Unusable(click.ClickException):
    """The command could not do its work; `diagnostics` say why. `last` is the closing line, else that of a report."""

    exit_code = 2

    def __init__(
        self,
        diagnostics: Iterable[Diagnostic],
        language: str,
        format: str = "text",
        plan: str = "",
        last: Names | None = None,
    ) -> None:
        super().__init__("")
        self.diagnostics = tuple(diagnostics)
        self.language, self.format, self.plan, self.last = language, format, plan, last

    def show(self, file: IO[Any] | None = None) -> None:
        """As JSON where JSON was asked for, else on the error stream."""
        report = Report(None, PlanHeader(), self.plan, None, None, diagnostics=self.diagnostics)
        if self.format == "json":
            put(report_json.render(report, self.language), form="json")
            return
        last = self.last.text(self.language) if self.last else status_sentence(2, report, self.language)
        put(_explained(self.diagnostics, self.language, sys.stderr) + f"\n\n{last}", sys.stderr)


def _explained(diagnostics: tuple[Diagnostic, ...], language: str, stream: IO[str]) -> str:
    text = shown.render(diagnostics, language, width=columns(), colour=colour(stream), encoding=encoding(stream))
    wrong = [one for one in diagnostics if one.severity is Severity.ERROR]
    code = next((one.code for one in (*wrong, *diagnostics) if one.code in codes()), None)
    return f"{text}\n{word('diagnostic.explain', language, code=code)}" if code else text


def put(text: str, stream: IO[str] | None = None, *, form: str = "text") -> None:
    """Write a text and a line end. A reader that has gone away (`| head`) is nothing to complain about.

    What has a `form` (`json`, `html`) is written as that form writes characters that the stream does not have.
    """
    stream = sys.stdout if stream is None else stream
    carried = _CARRIED.get(form)
    try:
        write(stream, text if carried is None else carried(text, encoding(stream)))
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def put_json(document: Mapping[str, object]) -> None:
    """Write a document as JSON."""
    put(as_json(document), form="json")


def as_json(document: Mapping[str, object]) -> str:
    """A document as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def _portable(text: str, encoding: str) -> str:
    """JSON that an encoding can carry: outside Unicode every character beyond ASCII is written as JSON escapes it."""
    if text.isascii() or encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        return "".join(char if not "\ud800" <= char <= "\udfff" else json.dumps(char)[1:-1] for char in text)
    return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)


def _page(text: str, encoding: str) -> str:
    """A page that an encoding can carry: outside Unicode every character beyond ASCII is written as its number."""
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        return text
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


_CARRIED = {"json": _portable, "html": _page}


def _silence(stream: IO[str]) -> None:
    """Nobody reads any more: what is still in the buffer goes nowhere, and Python does not complain when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


def last_resort(problem: Exception) -> int:
    """What nothing else has answered: a disk that is full, or a mistake in this program."""
    language = of_computer()
    if isinstance(problem, OSError):
        name = Path(str(problem.filename)).name if problem.filename else _OUTPUT
        found = Diagnostic("CR0809", None, {"file": name, "reason": problem.strerror or ""})
    else:
        found = Diagnostic("CR0810", None, {"at": _spot(problem), "problem": " ".join(str(problem).split())[:200]})
    try:
        Unusable((found,), language, last=_NOTHING).show()
    except OSError:
        _silence(sys.stderr)
    _silence(sys.stdout)
    return 2


def _spot(problem: Exception) -> str:
    """File and line where it happened, for the report that somebody will write about it."""
    frame = problem.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame is not None else ""


_OUTPUT = Names.of(en="the output", zh="输出内容")
_NOTHING = Names.of(en="The command could not be finished. Exit status 2.", zh="命令未能完成。退出状态2。")
