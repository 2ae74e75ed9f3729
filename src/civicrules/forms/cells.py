"""Cells of a form: values written so that a spreadsheet keeps them, drop-downs and checks for what is typed."""

from __future__ import annotations

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from civicrules.forms.blocks import Line
from civicrules.forms.values import labels
from civicrules.forms.words import joined, labelled, phrase
from civicrules.plan_words import NO, NONE, UNKNOWN, YES
from civicrules.program import ChoiceType, DateType, NumberType, PeopleType, RangeType, TextType, TruthType
from civicrules.source import width
from civicrules.workbooks import LARGEST, printable

# A drop-down keeps 255 characters.
_LONGEST_DROP_DOWN = 255


def number_format(line: Line) -> str:
    """The format of a cell to fill in.

    Texts keep all their digits (identity numbers), shares stay as typed: a spreadsheet would turn 2/3 into a day and
    81% into a number whose printed precision nobody knows.
    """
    match line.type:
        case NumberType(whole=True, share=False):
            return "0"
        case DateType():
            return "yyyy-mm-dd"
        case NumberType() | TextType() | PeopleType() | RangeType():
            return "@"
        case TruthType() | ChoiceType():
            return "General"


def check(line: Line, language: str, *, strict: bool = True) -> DataValidation | None:
    """What a spreadsheet checks while a value is typed; `strict` refuses, otherwise it asks."""
    match line.type:
        case NumberType(whole=True, share=False, low=low, high=high):
            found = _whole(low, high)
            found.error = phrase("not whole", language, text=line.note)
        case DateType():
            found = DataValidation(type="date", operator="greaterThanOrEqual", formula1="61")
            found.error = phrase("not date", language, text=line.note)
        case TruthType():
            found = _drop_down((YES.text(language), NO.text(language)), line, language)
        case ChoiceType() as choice:
            found = _drop_down(labels(choice, language), line, language)
        case NumberType() | TextType() | PeopleType() | RangeType():
            return None
    if found.formula1 is None:
        return None
    found.allow_blank = True
    found.error = (found.error or "")[:225]
    found.errorTitle = phrase("check", language)[:32]
    found.errorStyle = "stop" if strict and not (line.none_allowed or line.blank_is_none) else "warning"
    found.showErrorMessage = True
    return found


def _whole(low: int | None, high: int | None) -> DataValidation:
    bounds = (str(-LARGEST if low is None else low), str(LARGEST if high is None else high))
    return DataValidation(type="whole", operator="between", formula1=bounds[0], formula2=bounds[1])


def _drop_down(choices: tuple[str, ...], line: Line, language: str) -> DataValidation:
    """A list of the choices, or none where a workbook cannot hold them (a comma inside, or too long)."""
    offered = (*choices, NONE.text(language)) if line.none_allowed else choices
    offered = (*offered, UNKNOWN.text(language)) if line.blank_is_none else offered
    joint = ",".join(offered)
    fits = joint and not any("," in label for label in offered) and len(joint) <= _LONGEST_DROP_DOWN
    formula = '"' + joint.replace('"', '""') + '"' if fits else None
    found = DataValidation(type="list", formula1=formula)
    found.error = phrase("not listed", language, choices=joined(offered, language))
    return found


def note(cell: Cell, line: Line, language: str) -> None:
    """Hangs on a cell everything there is to know about its fact."""
    parts = [line.label]
    if line.unit:
        parts.append(labelled("unit", line.unit, language))
    parts.append(line.note)
    if line.askers:
        parts.append(labelled("articles", "", language).rstrip())
        parts.extend(f"· {asker}" for asker in line.askers)
    text = printable("\n".join(parts))
    lines = sum(1 + width(part) // 44 for part in text.split("\n"))
    cell.comment = Comment(text, "civicrules", width=320, height=18 * lines + 14)
