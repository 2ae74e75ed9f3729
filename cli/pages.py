"""The work of `civicrules explain`."""

from __future__ import annotations

import re
import sys
import unicodedata

from civicrules.codes import codes, page
from civicrules.diagnostics import Diagnostic
from civicrules.program import Names
from civicrules.report.layout import wrap
from civicrules.report.pages import render
from civicrules.report.terminal import colour, columns, encoding
from civicrules.suggest import nearest

from .language import of_computer
from .output import Unusable, put, put_json
from .words import names

FORMAT = "civicrules-code/1"
LIST_FORMAT = "civicrules-codes/1"


def explained(code: str, language: str | None, format: str) -> int:
    """Write the page of a code; the exit status."""
    language = language or of_computer()
    wanted = written_out(code)
    if wanted not in codes():
        data = {"found": code, "suggestions": nearest(wanted, codes())}
        raise Unusable((Diagnostic("CR0812", None, data),), language, format, last=names("nothing done"))
    if format == "json":
        put_json(document(wanted))
    else:
        stream = sys.stdout
        text = render(wanted, language, width=columns(), colour=colour(stream), encoding=encoding(stream))
        put(text)
    return 0


def every(language: str | None, format: str) -> int:
    """Write all codes with their titles; the exit status."""
    language = language or of_computer()
    titles = {code: page(code).title for code in codes()}
    if format == "json":
        listed = [{"code": code, "title": _forms(title)} for code, title in titles.items()]
        put_json({"format": LIST_FORMAT, "codes": listed})
        return 0
    for code, title in titles.items():
        text = re.sub(r"\{\w+\}", "…", title.text(language))
        put("\n".join(wrap(text, columns(), f"{code}  ", " " * 8)))
    return 0


def written_out(code: str) -> str:
    """A code as its page has it, from what people type.

    >>> written_out("cr0401"), written_out("401"), written_out("ＣＲ０４０１")
    ('CR0401', 'CR0401', 'CR0401')
    """
    text = unicodedata.normalize("NFKC", code).strip().upper()
    digits = text.removeprefix("CR")
    return f"CR{digits.zfill(4)}" if digits.isascii() and digits.isdigit() else text


def document(code: str) -> dict[str, object]:
    """The page as an object of JSON."""
    of = page(code)
    return {
        "format": FORMAT,
        "code": code,
        "title": _forms(of.title),
        "page": _forms(of.page),
        "in": of.example_in,
        "wrong": _forms(of.wrong),
        "mended": _forms(of.mended),
    }


def _forms(of: Names) -> dict[str, str]:
    return dict(of.forms)
