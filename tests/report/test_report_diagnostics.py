"""Diagnostics on the screen: the line as written, a mark as wide as the word, and nothing internal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules import codes
from civicrules.diagnostics import Diagnostic, Fix, Label, Severity
from civicrules.program import Names
from civicrules.report import diagnostics
from civicrules.source import Cell, Key, Source, Span, width

CHINESE = Source("规则.civic", "civicrules 1 zh\n\n居委会的职数应该符合居委会职数标准 〔通知 三.2〕\n")
ENGLISH = Source("rules.civic", "civicrules 1 en\n\nunits\tmust be atleast 3\n")


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    page = codes.Page(
        "CR0000",
        Names.of(en="“{found}” is not a word of the language", zh="“{found}”不是本语言的用词"),
        text=Names.of(en="found “{found}” here", zh="此处为“{found}”"),
        labels={"language": Names.of(en="the language is named here", zh="语言在此处指明")},
        help=(
            Names.of(en="did you mean {suggestions}?", zh="是否应为{suggestions}？"),
            Names.of(en="it is at most {most}", zh="不超过{most}"),
        ),
    )
    monkeypatch.setattr(diagnostics, "page", lambda code: page)


def span(source: Source, word: str) -> Span:
    start = source.text.index(word)
    return Span(source, start, start + len(word))


def shown(diagnostic: Diagnostic, language: str = "en", columns: int = 76, encoding: str = "utf-8") -> str:
    return diagnostics.render([diagnostic], language, width=columns, encoding=encoding)


def test_a_mistake_in_chinese() -> None:
    place = span(CHINESE, "应该")
    diagnostic = Diagnostic(
        "CR0000",
        place,
        {"found": "应该", "suggestions": ("应当", "应")},
        related=(Label(span(CHINESE, "zh"), "language"),),
        fixes=(Fix(place, "应当", safe=True),),
    )
    assert shown(diagnostic, "zh") == "\n".join(
        [
            "错误 CR0000：“应该”不是本语言的用词",
            "  --> 规则.civic:3:7",
            " 1 | civicrules 1 zh",
            "   |              -- 语言在此处指明",
            " 3 | 居委会的职数应该符合居委会职数标准 〔通知 三.2〕",
            "   |             ^^^^ 此处为“应该”",
            "  = 是否应为应当、应？",
            "  = 应改为：",
            " 3 | 居委会的职数应当符合居委会职数标准 〔通知 三.2〕",
            "   |             ++++",
        ]
    )


def test_a_mistake_in_english_after_a_tab() -> None:
    diagnostic = Diagnostic("CR0000", span(ENGLISH, "atleast"), {"found": "atleast"}, Severity.WARNING)
    assert shown(diagnostic) == "\n".join(
        [
            "Warning CR0000: “atleast” is not a word of the language",
            "  --> rules.civic:3:15",
            " 3 | units    must be atleast 3",
            "   |                  ^^^^^^^ found “atleast” here",
        ]
    )


def test_marks_of_one_line_share_it() -> None:
    diagnostic = Diagnostic(
        "CR0000", span(ENGLISH, "must"), {"found": "must"}, related=(Label(span(ENGLISH, "3"), "language"),)
    )
    assert shown(diagnostic).count("units    must be") == 1


@pytest.mark.parametrize(("places", "more"), [(5, ""), (6, "and in 1 more place"), (9, "and in 4 more places")])
def test_of_many_places_the_first_are_shown_and_the_others_counted(places: int, more: str) -> None:
    related = tuple(Label(Cell("plan.xlsx", "社区", f"B{row}"), "language") for row in range(1, places + 1))
    text = shown(Diagnostic("CR0000", span(ENGLISH, "3"), {"found": "3"}, related=related))
    assert text.count("社区!B") == 5 and "社区!B5" in text
    assert [line.strip() for line in text.splitlines() if "more" in line] == ([more] if more else [])


def test_a_label_in_another_file_names_it() -> None:
    diagnostic = Diagnostic(
        "CR0000",
        span(ENGLISH, "3"),
        {"found": "3"},
        related=(Label(span(CHINESE, "zh"), "language"), Label(Cell("plan.xlsx", "社区", "B3"), "language")),
    )
    text = shown(diagnostic)
    assert "  ::: 规则.civic:1:14\n 1 | civicrules 1 zh\n   |              -- the language is named here" in text
    assert "  社区!B3 in plan.xlsx: the language is named here" in text


def test_cells_keys_and_no_place() -> None:
    data = {"found": "x"}
    assert "\n  候选人!C7 in plan.xlsx\n" in shown(Diagnostic("CR0000", Cell("plan.xlsx", "候选人", "C7"), data))
    assert "\n  plan.csv:C7\n" in shown(Diagnostic("CR0000", Cell("plan.csv", "", "C7"), data))
    assert "\n  community › households\n" in shown(Diagnostic("CR0000", Key(("community", "households")), data))
    assert shown(Diagnostic("CR0000", None, data)).split("\n")[1] == "  found “x” here"


def test_fixes_of_cells_and_whole_lines() -> None:
    text = Source("a.civic", "one\ntwo\n")
    fixes = (
        Fix(Cell("p.xlsx", "表", "B2"), "3"),
        Fix(Cell("p.xlsx", "表", "B3"), ""),
        Fix(span(text, "two"), ""),
        Fix(span(text, "one\ntwo"), "three"),
    )
    lines = shown(Diagnostic("CR0000", None, {"found": "x"}, fixes=fixes)).split("\n")
    assert "  = write “3” in 表!B2" in lines
    assert "  = leave 表!B3 empty" in lines
    assert " 2 | (delete this line)" in lines
    assert lines[-2:] == [" 1 | three", "   | +++++"]


def test_a_place_at_the_end_of_a_line_gets_one_mark() -> None:
    text = Source("a.civic", "units must be\n")
    end = len("units must be")
    assert "   |              ^ found “” here".replace("“”", "“…”") in shown(
        Diagnostic("CR0000", Span(text, end, end), {})
    )


def test_a_span_over_lines_is_marked_on_the_first() -> None:
    lines = shown(Diagnostic("CR0000", span(ENGLISH, "1 en\n\nunits"), {"found": "x"})).split("\n")
    assert lines[2:4] == [" 1 | civicrules 1 en", "   |            ^^^^ found “x” here"]


def test_long_lines_are_cut_around_the_word() -> None:
    text = Source("a.civic", "前" * 60 + "错" * 3 + "后" * 60)
    lines = shown(Diagnostic("CR0000", span(text, "错错错"), {"found": "x"}), columns=60).split("\n")
    written, mark = lines[2], lines[3]
    assert width(written) <= 60
    assert written.count("…") == 2
    before = written[: written.index("错错错")]
    assert mark[: mark.index("^")] == "   | " + " " * (width(before) - 5)
    assert mark.count("^") == 6


def test_the_mark_fits_what_an_ascii_console_shows() -> None:
    written, mark = shown(
        Diagnostic("CR0000", span(CHINESE, "应该"), {"found": "x"}), columns=120, encoding="ascii"
    ).split("\n")[2:4]
    at = mark.index("^")
    assert written[at : at + 12] == "\\u5e94\\u8be5"
    assert mark[at : at + 13] == "^" * 12 + " "


def test_marks_that_turn_the_direction_are_shown() -> None:
    text = Source("a.civic", "units\u202e must be 3")
    assert "units\\u202e must be 3" in shown(Diagnostic("CR0000", span(text, "must"), {"found": "must"}))


def test_help_needs_its_data() -> None:
    assert "did you mean" not in shown(Diagnostic("CR0000", None, {"found": "x", "suggestions": ()}))
    assert "= it is at most 2,722" in shown(Diagnostic("CR0000", None, {"found": "x", "most": 2722}))


def test_summary() -> None:
    error, warning = Diagnostic("CR0000", None), Diagnostic("CR0000", None, severity=Severity.WARNING)
    assert diagnostics.summary([error, warning, error], "en") == "2 errors, 1 warning"
    assert diagnostics.summary([error, warning, error], "zh") == "2处错误、1处警告"
    assert diagnostics.summary([], "en") == ""


@given(
    st.text(max_size=120),
    st.integers(0, 130),
    st.integers(0, 130),
    st.integers(40, 120),
    st.sampled_from(["ascii", "gbk", "utf-8"]),
)
def test_any_place_in_any_text_can_be_shown(text: str, start: int, length: int, columns: int, encoding: str) -> None:
    place = Span(Source("a.civic", text), min(start, len(text)), min(start + length, len(text)))
    diagnostic = Diagnostic("XX0000", place, {"message": text}, fixes=(Fix(place, text),))
    rendered = diagnostics.render([diagnostic], "en", width=columns, encoding=encoding)
    rendered.encode(encoding)
    assert [line for line in rendered.split("\n") if width(line) > columns] == []
