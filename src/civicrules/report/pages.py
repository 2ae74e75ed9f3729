"""The page of a diagnostic code, for `civicrules explain`."""

from __future__ import annotations

import re

from civicrules.codes import page
from civicrules.program import Names
from civicrules.report.layout import Line, Role
from civicrules.report.view import View

_PLACEHOLDER = re.compile(r"\{\w+\}")


def render(code: str, language: str, *, width: int = 100, colour: bool = False, encoding: str = "utf-8") -> str:
    """What a code means, with a failing example and the same one mended.

    Examples are printed as they stand, without wrapping. Ask `codes.codes()` first whether there is such a page.
    """
    view, of = View(language, width=width, encoding=encoding), page(code)
    title = _PLACEHOLDER.sub("…", of.title.text(language))
    head = view.word("sign.title", name=view.clean(code), verdict=view.clean(title))
    sections = [view.lines(head, role=Role.TITLE)]
    for paragraph in of.page.text(language).strip().split("\n\n"):
        sections.append(view.lines(view.clean(paragraph)))
    where = view.word(f"page.in.{of.example_in}") if of.example_in else ""
    sections.append(_example(view.word("page.wrong", where=where), of.wrong, Role.FAILS, view))
    sections.append(_example(view.word("page.mended"), of.mended, Role.HOLDS, view))
    shown = ["\n".join(line.coloured() if colour else line.text for line in lines) for lines in sections if lines]
    return "\n\n".join(text for text in shown if text)


def _example(heading: str, example: Names, role: Role, view: View) -> list[Line]:
    text = example.text(view.language).rstrip("\n")
    if not text:
        return []
    return [*view.lines(heading, role=role), *(Line(f"    {view.clean(line)}".rstrip()) for line in text.split("\n"))]
