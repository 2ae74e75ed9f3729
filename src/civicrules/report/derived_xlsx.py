"""What a lawful plan must look like, as a workbook: numbers, calendar, what was not derived.

Cells hold plain values, no formulas; a text stays a text whatever it begins with. The same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from civicrules.derived import Derived, Due, Item, Line, Undone
from civicrules.exact import Exact
from civicrules.program import Citation
from civicrules.report import derived_words as words
from civicrules.report.derived import view_of
from civicrules.report.numbers import value
from civicrules.report.view import View
from civicrules.source import width
from civicrules.workbooks import packed, put

_NARROW, _WIDE = 10, 60
_MOST = 32_767  # characters that a cell can hold

Row = tuple[str | int | date | None, ...]


def render(derived: Derived, language: str) -> bytes:
    """The workbook as the bytes of an `.xlsx` file, in a language."""
    view = view_of(derived, language)
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "derive.numbers", _NUMBERS, _numbers(derived, view), view)
    _sheet(book, "derive.calendar", _CALENDAR, _calendar(derived, view), view)
    _sheet(book, "derive.sheet of values", _DEFINED, _defined(derived, view), view)
    _sheet(book, "derive.undone", _UNDONE, _undone(derived, view), view)
    book.properties.creator, book.properties.title = "civicrules", view.name(derived.ruleset.title)
    return packed(book)


_SENTENCE = ("derive.column.sentence", "derive.column.article", "derive.column.rule")
_NUMBERS = (
    "derive.column.what",
    "derive.column.all",
    "derive.column.asked",
    "derive.column.least",
    "derive.column.most",
    "derive.column.hangs",
    "derive.column.readings",
    *_SENTENCE,
)
_CALENDAR = ("derive.column.day", "derive.column.limit", "derive.column.what", "derive.column.readings", *_SENTENCE)
_DEFINED = ("derive.column.what", "derive.column.asked", "derive.column.readings", "derive.column.article")
_UNDONE = ("derive.column.why", "derive.column.missing", *_SENTENCE)


def _numbers(derived: Derived, view: View) -> Iterable[Row]:
    for item in derived.items:
        if not item.is_day or item in derived.undated:
            for line in item.lines:
                yield (
                    words.label(item, view),
                    "" if item.allowed.free else words.allowed(item.allowed, item.type, view),
                    words.asked(line, item, view),
                    *_ends(line),
                    _joined(
                        [words.supposed(one, item, view) for one in line.answers[0].supposed], _hangs(line, view), view
                    ),
                    _readings(item, line, derived, view),
                    *_cited(line, view),
                )


def _ends(line: Line) -> tuple[int | None, int | None]:
    """The whole numbers that a sentence sets as ends, to calculate with."""
    parts = line.allowed.stretches
    if line.allowed.free or not parts:
        return None, None
    return _whole(parts[0].low), _whole(parts[-1].high)


def _whole(of: Exact | None) -> int | None:
    return of.numerator if of is not None and of.denominator == 1 else None


def _hangs(line: Line, view: View) -> str:
    facts = {fact.key: fact for fact in (*line.condition, *line.needs, *line.depends)}
    return words.facts(facts.values(), view)


def _joined(told: list[str], last: str, view: View) -> str:
    return view.word("sign.semicolon").join([*told, *([last] if last and not told else [])])


def _readings(item: Item, line: Line, derived: Derived, view: View) -> str:
    others = () if words.says_forms_only(line) else line.answers[1:]
    told = [words.otherwise(one, item, derived.readings, view) for one in others]
    return view.word("sign.semicolon").join(told)


def _calendar(derived: Derived, view: View) -> Iterable[Row]:
    rows: list[Row] = []
    for number in derived.known:
        assert isinstance(number.value, date)
        rows.append((number.value, view.word("derive.is given"), view.name(number.name), "", "", "", ""))
    for due in derived.calendar:
        rows.append(_due(due, derived, view))
    return sorted(rows, key=lambda row: str(row[0]))


def _due(due: Due, derived: Derived, view: View) -> Row:
    limit = words.due(due, view)
    other = words.read_as(due.options, limit, derived.readings, view) if due.options else ""
    return (due.day, limit, words.label(due.item, view), other, *_cited(due.line, view))


def _defined(derived: Derived, view: View) -> Iterable[Row]:
    for one in derived.defined:
        (_, taken), *others = one.values
        told = [
            words.read_as(options, value(other, one.type, view), derived.readings, view) for options, other in others
        ]
        article = "" if one.citation is None else _article(one.citation, view)
        yield view.name(one.names), value(taken, one.type, view), view.word("sign.semicolon").join(told), article


def _undone(derived: Derived, view: View) -> Iterable[Row]:
    for one in derived.undone:
        yield view.word(f"derive.why.{one.why.value}"), words.facts(one.missing, view), *_cited(one, view)


def _cited(of: Line | Undone, view: View) -> tuple[str, str, str]:
    return view.name(of.sentence.texts), _article(of.sentence.citation, view), words.rule(of.rule, view)


def _article(of: Citation, view: View) -> str:
    return view.name(of.article) or view.clean(of.source)


# ---------------------------------------------------------------- cells


def _sheet(book: Workbook, title: str, columns: tuple[str, ...], rows: Iterable[Row], view: View) -> None:
    sheet: Worksheet = book.create_sheet(view.word(title)[:31])
    table: list[Row] = [tuple(view.word(one) for one in columns), *rows]
    for at, row in enumerate(table, 1):
        for number, content in enumerate(row, 1):
            cell = sheet.cell(at, number)
            assert isinstance(cell, Cell)
            put(cell, content[:_MOST] if isinstance(content, str) else content)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font = Font(bold=True)
    for number in range(1, len(columns) + 1):
        longest = max(width("" if row[number - 1] is None else str(row[number - 1])) for row in table)
        sheet.column_dimensions[get_column_letter(number)].width = max(_NARROW, min(_WIDE, longest + 2))
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
