"""Output on consoles that lack characters: nothing is lost, nothing raises."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicrules.findings import Report
from civicrules.report import terminal, text


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "✓ ✗ → … ≤ ≥ — “是” ·"),
        ("gbk", "√ × → … ≤ ≥ — “是” ·"),  # GBK has no ✓ and ✗, but √ and ×
        ("ascii", '+ x -> ... <= >= -- "\\u662f" -'),
        ("cp1252", "+ × -> … <= >= — “\\u662f” ·"),
        ("no such encoding", '+ x -> ... <= >= -- "\\u662f" -'),
    ],
)
def test_signs_fall_back(encoding: str, expected: str) -> None:
    assert terminal.encode("✓ ✗ → … ≤ ≥ — “是” ·", encoding) == expected


def test_full_width_signs_have_an_ascii_form() -> None:
    assert terminal.encode("（１，２）：〔x〕", "ascii") == "(1,2):[x]"


def test_characters_beyond_the_first_plane_are_escaped() -> None:
    assert terminal.encode("𠮷", "gbk") == "\\U00020bb7"


@given(st.text(), st.sampled_from(["ascii", "gbk", "gb18030", "utf-8", "latin-1", "cp1252", "cp936", "shift_jis"]))
def test_every_text_survives_every_encoding(written: str, encoding: str) -> None:
    shown = terminal.encode(written, encoding)
    shown.encode(encoding)
    assert terminal.encode(shown, encoding) == shown


@given(st.text())
def test_safe_text_moves_nothing(written: str) -> None:
    shown = terminal.safe(written)
    assert not {unicodedata.category(char) for char in shown if char not in "\n\t"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_marks_that_turn_the_direction_are_visible() -> None:
    assert terminal.safe("户\u202e\u200b\x07") == "户\\u202e\\u200b\\u0007"


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_a_report_is_written_whole(faulty: Report, encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    terminal.write(stream, text.render(faulty, "zh"))
    stream.flush()
    written = raw.getvalue().decode(encoding)
    assert written.endswith("\n")
    assert ("居委会" in written) == (encoding != "ascii")
    assert encoding != "ascii" or "\\u5c45\\u59d4\\u4f1a" in written


class _Stream(io.StringIO):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "environment", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),  # no-color.org: only when present and not empty
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(
    is_terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    assert terminal.colour(_Stream(is_terminal), environment) is expected


def test_colour_codes_do_not_reach_a_file() -> None:
    stream = io.StringIO()
    terminal.write(stream, "\x1b[1mfails\x1b[0m")
    assert stream.getvalue() == "fails\n"
