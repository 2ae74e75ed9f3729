"""The form as a workbook: one sheet with the blocks, one for each list, ready to print on A4."""

from __future__ import annotations

import re
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from civicrules.facts import Facts
from civicrules.forms.blocks import Block, Line, TableForm
from civicrules.forms.cells import check, note, number_format
from civicrules.forms.layout import form
from civicrules.forms.words import labelled, phrase
from civicrules.plan_words import MORE, NONE, UNKNOWN
from civicrules.program import Program, TextType
from civicrules.source import width
from civicrules.values import frozen
from civicrules.workbooks import packed, put, put_text

_EDGE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = PatternFill("solid", fgColor="D9E2F3")
_ENTRY = PatternFill("solid", fgColor="FFFBE6")
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_QUIET = "595959"
_LINE = 17  # points of height
_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Columns of the first sheet: label, value, note. Nothing else stands beside a value, and a note is a sentence, so that
# no unit or article can be taken for a label or a value when the form is read.
_LABEL, _VALUE, _NOTE = 40, 28, 68
# Rows of a list: title, how, example, headings, then the members.
_FIRST_ROW = 5
_ROWS_DRAWN = 15
_ROWS_CHECKED = 1000
_COLUMNS_IN_A_LINE = 6


def workbook(program: Program, language: str, facts: Facts | None = None) -> bytes:
    """The form for a ruleset as an `.xlsx` file, in a language; filled in where facts are given.

    The same program and facts give the same bytes.
    """
    shown = form(program, language, facts)
    book = Workbook()
    names: set[str] = set()
    book.worksheets[0].title = _sheet_name(phrase("sheet", language), names)
    first = tuple(block for block in shown.blocks if not block.apart)
    _overview(_Sheet(book.worksheets[0], language), shown.title, first)
    for block in shown.blocks:
        if block.apart:
            sheet = book.create_sheet(_sheet_name(block.label, names))
            _overview(_Sheet(sheet, language), block.label, (block,))
    for table in (*shown.tables, *shown.records):
        _table(_Sheet(book.create_sheet(_sheet_name(table.label, names)), language), table)
    book.properties.creator, book.properties.title = "civicrules", shown.title
    return packed(book)


def _sheet_name(label: str, taken: set[str]) -> str:
    """A name that a workbook allows and that no other sheet has; the full label stands in the sheet's title row."""
    base = _FORBIDDEN.sub(" ", label).strip(" '")[:_SHEET_NAME].strip(" '") or "-"
    name, number = base, 2
    while name.casefold() in taken or name.casefold() == "history":
        name = f"{base[: _SHEET_NAME - len(str(number)) - 1]} {number}"
        number += 1
    taken.add(name.casefold())
    return name


@frozen
class _Sheet:
    """A sheet with the looks of a form in one language."""

    sheet: Worksheet
    language: str

    def cell(self, row: int, column: int, text: str = "") -> Cell:
        cell = self.sheet.cell(row, column)
        assert isinstance(cell, Cell)  # only the cells under a merged title are anything else
        if text:
            put_text(cell, text)
        return cell

    def font(self, *, size: int = 11, bold: bool = False, italic: bool = False, quiet: bool = False) -> Font:
        name = phrase("font", self.language)
        return Font(name=name, size=size, bold=bold, italic=italic, color=_QUIET if quiet else None)

    def title(self, title: str, how: str, span: int) -> None:
        """The two rows at the top: what the sheet is for, and how it is filled in."""
        for row, text, font in ((1, title, self.font(size=14, bold=True)), (2, how, self.font(size=10, quiet=True))):
            cell = self.cell(row, 1, text)
            cell.font, cell.alignment = font, Alignment(vertical="center", wrap_text=True)
            self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=span)

    def head(self, row: int, column: int, text: str) -> Cell:
        cell = self.cell(row, column, text)
        cell.font, cell.fill, cell.border = self.font(bold=True), _HEAD, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        return cell

    def entry(self, row: int, column: int, line: Line, value: int | date | str | None) -> Cell:
        """A cell to fill in, with its value if there is one."""
        cell = self.cell(row, column)
        cell.number_format = number_format(line)
        put(cell, value)
        wrap = isinstance(line.type, TextType)
        cell.font, cell.fill, cell.border = self.font(), _ENTRY, _BOX
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=wrap, indent=1)
        return cell

    def height(self, row: int, lines: int = 1) -> None:
        self.sheet.row_dimensions[row].height = _LINE * lines + 3

    def finish(self, *, title_rows: str, frozen_at: str, landscape: bool) -> None:
        """Freezes the headings; prints on A4, as wide as the page, with the title rows on every page."""
        sheet = self.sheet
        sheet.freeze_panes = frozen_at
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.print_title_rows = title_rows
        sheet.oddFooter.center.text = phrase("page", self.language)


# ---------------------------------------------------------------- the sheet of blocks


def _overview(sheet: _Sheet, title: str, blocks: tuple[Block, ...]) -> None:
    sheet.title(title, phrase("how", sheet.language), 3)
    sheet.height(1, 2)
    sheet.height(2)
    row = 3
    for block in blocks:
        row = _block(sheet, row, block)
    longest = max((width(_headed(line, sheet.language)) for block in blocks for line in block.lines), default=0)
    for letter, size in zip("ABC", (_between(longest, 18, _LABEL), _VALUE, _NOTE), strict=True):
        sheet.sheet.column_dimensions[letter].width = size
    sheet.finish(title_rows="1:2", frozen_at="B3", landscape=True)


def _block(sheet: _Sheet, row: int, block: Block) -> int:
    """Writes a block from a row on; gives the first row after it."""
    for column in (1, 2, 3):
        cell = sheet.head(row, column, block.label if column == 1 else "")
        cell.alignment = Alignment(horizontal="left", vertical="center")
    sheet.height(row)
    for offset, line in enumerate(block.lines, 1):
        _line(sheet, row + offset, line)
    return row + len(block.lines) + 1


def _line(sheet: _Sheet, row: int, line: Line) -> None:
    label, text = _headed(line, sheet.language), _note(line, sheet.language)
    for column, shown, font in ((1, label, sheet.font()), (3, text, sheet.font(size=10, quiet=True))):
        cell = sheet.cell(row, column, shown)
        cell.font, cell.border, cell.alignment = font, _BOX, _LEFT
    value = sheet.entry(row, 2, line, line.value)
    validation = check(line, sheet.language)
    if validation is not None:
        sheet.sheet.add_data_validation(validation)
        validation.add(value.coordinate)
    if line.askers:
        note(sheet.cell(row, 1), line, sheet.language)
    sheet.height(row, max(_lines(label, _LABEL), _lines(text, _NOTE + 8)))


def _headed(line: Line, language: str) -> str:
    """A label with its unit in brackets, where the label does not say it, and a mark on personal data.

    `area (hectares)`, but `households`; `yearly pay (yuan; personal)`.
    """
    inner = [] if not line.unit or line.unit.casefold() in line.label.casefold() else [line.unit]
    inner += [phrase("personal mark", language)] if line.personal else []
    if not inner:
        return line.label
    return phrase("bracketed", language, text=line.label, inner=phrase("clauses", language).join(inner))


def _note(line: Line, language: str) -> str:
    """How to fill in a line and which articles ask for it, as sentences."""
    parts = (line.note, labelled("articles", line.articles, language)) if line.articles else (line.note,)
    return "".join(phrase("sentence", language, text=text[:1].upper() + text[1:]) for text in parts).strip()


# ---------------------------------------------------------------- the sheet of a list


def _table(sheet: _Sheet, table: TableForm) -> None:
    language = sheet.language
    span = max(len(table.columns), 4)
    sheet.title(table.label, _how(table, language), span)
    sheet.height(1, 2)
    sheet.height(2, 3)
    for number, column in enumerate(table.columns, 1):
        _example(sheet, column, number)
        note(sheet.head(4, number, _headed(column, language)), column, language)
        _column(sheet, number, column, table)
    for number in range(len(table.columns) + 1, span + 1):
        sheet.sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.height(4, 3 if _is_wide(table) else max(_lines(_headed(column, language), 30) for column in table.columns))
    _rows(sheet, table)
    sheet.finish(title_rows="1:4", frozen_at="B5", landscape=len(table.columns) > 5)


def _how(table: TableForm, language: str) -> str:
    words = {"label": table.label, "singular": table.singular, "most": table.at_most, "more": MORE.text(language)}
    blanks = "blanks but" if any(column.blank_is_none for column in table.columns) else "blanks"
    rows = phrase("rows" if table.at_most is None else "rows at most", language, **words)
    how = table.how or rows + phrase(blanks, language)
    return how + ("\n" + labelled("articles", table.articles, language) if table.articles else "")


def _example(sheet: _Sheet, column: Line, number: int) -> None:
    """An example in the row above the headings, where no row of the list can stand; the first cell says what it is."""
    text = column.example.isoformat() if isinstance(column.example, date) else str(column.example)
    cell = sheet.cell(3, number, phrase("example", sheet.language, value=text) if number == 1 else text)
    cell.font = sheet.font(italic=True, quiet=True)
    cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)


def _column(sheet: _Sheet, number: int, column: Line, table: TableForm) -> None:
    letter = get_column_letter(number)
    sizes = [
        _heading_width(column, sheet.language, table),
        width(str(column.example)),
        *(width(str(row[number - 1])) for row in table.rows),
    ]
    narrow = 11 if _is_wide(table) else 14
    sheet.sheet.column_dimensions[letter].width = _between(max(sizes) + (10 if number == 1 else 2), narrow, 40)
    # The first column must also take the words that mark an open list.
    validation = check(column, sheet.language, strict=number > 1)
    if validation is not None:
        last = _FIRST_ROW + max(table.at_most or _ROWS_CHECKED, len(table.rows)) - 1
        sheet.sheet.add_data_validation(validation)
        validation.add(f"{letter}{_FIRST_ROW}:{letter}{last}")


def _is_wide(table: TableForm) -> bool:
    """Whether a table has so many columns that their headings take several lines, to be legible in print."""
    return len(table.columns) > _COLUMNS_IN_A_LINE


def _heading_width(column: Line, language: str, table: TableForm) -> int:
    size = width(_headed(column, language))
    return -(-size // 3) + 2 if _is_wide(table) else size


def _rows(sheet: _Sheet, table: TableForm) -> None:
    drawn = max(min(_ROWS_DRAWN, table.at_most or _ROWS_DRAWN), len(table.rows) + (not table.complete))
    for index in range(drawn):
        values = table.rows[index] if index < len(table.rows) else (None,) * len(table.columns)
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
            if value is None and column.blank_is_none and index < len(table.rows):
                value = UNKNOWN.text(sheet.language)  # a blank would say that there is none
            sheet.entry(_FIRST_ROW + index, number, column, value)
    if not table.complete:
        sheet.cell(_FIRST_ROW + len(table.rows), 1, MORE.text(sheet.language))
    elif table.given and not table.rows:
        sheet.cell(_FIRST_ROW, 1, NONE.text(sheet.language))


# ---------------------------------------------------------------- sizes


def _between(size: int, low: int, high: int) -> int:
    return max(low, min(high, size + 3))


def _lines(text: str, columns: int) -> int:
    """How many lines a text takes when it is wrapped at so many columns; never fewer than one."""
    return -(-max(width(text), 1) // columns)
