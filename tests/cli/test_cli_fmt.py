"""`civicrules fmt`: files in place, --check, --diff, the standard input, translations."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

LOOSE = "civicrules 1 en\nrule size\n      seats must be >= 3  # so\n"
NEAT = "civicrules 1 en\nrule size\n  seats must be at least 3  # so\n"
SPOILT = "civicrules 1 en\nseats mst be 3\nseats must be   3\n"


def text_file(folder: Path, text: str, name: str = "a.civic") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_text_is_formatted_where_it_stands(quiet_place: Path, run: Run) -> None:
    path = text_file(quiet_place, LOOSE)
    done = run("fmt", "a.civic")
    assert (done.status, path.read_text()) == (0, NEAT)
    assert done.out == "Formatted: a.civic\n"
    again = run("fmt", "a.civic")
    assert (again.status, again.out, path.read_text()) == (0, "", NEAT)
    assert "Left as they were: 1." in again.err


def test_check_changes_nothing_and_says_what_would_change(quiet_place: Path, run: Run) -> None:
    path = text_file(quiet_place, LOOSE)
    text_file(quiet_place, NEAT, "b.civic")
    done = run("fmt", ".", "--check")
    assert (done.status, done.out, path.read_text()) == (1, "Would be formatted: a.civic\n", LOOSE)
    assert run("fmt", "b.civic", "--check").status == 0


def test_diff_shows_lines_and_changes_nothing(quiet_place: Path, run: Run) -> None:
    path = text_file(quiet_place, LOOSE)
    done = run("fmt", "a.civic", "--diff")
    assert (done.status, path.read_text()) == (1, LOOSE)
    assert "-      seats must be >= 3  # so\n+  seats must be at least 3  # so" in done.out


def test_a_text_with_a_mistake_is_formatted_as_far_as_it_is_understood(quiet_place: Path, run: Run) -> None:
    path = text_file(quiet_place, SPOILT)
    done = run("fmt", "a.civic")
    assert (done.status, path.read_text()) == (2, "civicrules 1 en\nseats mst be 3\nseats must be 3\n")
    assert "CR0103" in done.err


def test_windows_line_ends_stay_and_a_byte_order_mark_goes(quiet_place: Path, run: Run) -> None:
    path = text_file(quiet_place, "\ufeff" + LOOSE.replace("\n", "\r\n"))
    assert run("fmt", "a.civic").status == 0
    assert path.read_bytes() == NEAT.replace("\n", "\r\n").encode()
    assert run("fmt", "a.civic", "--check").status == 0


def test_a_text_in_an_older_chinese_encoding_becomes_utf_8(quiet_place: Path, run: Run) -> None:
    path = quiet_place / "a.civic"
    path.write_bytes("civicrules 1 zh\n职数应当为3\n".encode("gb18030"))
    assert run("fmt", "a.civic", "--check").status == 1
    assert run("fmt", "a.civic").status == 0
    assert path.read_text(encoding="utf-8") == "civicrules 1 zh\n职数应当为3\n"


def test_what_is_no_text_is_left_alone(quiet_place: Path, run: Run) -> None:
    path = quiet_place / "a.civic"
    path.write_bytes(b"civicrules 1 en\n\xff\xff\xff")
    done = run("fmt", "a.civic")
    assert (done.status, path.read_bytes()) == (2, b"civicrules 1 en\n\xff\xff\xff")
    assert "CR0341" in done.err


def test_from_the_standard_input_to_the_standard_output(
    quiet_place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LOOSE.encode())))
    done = run("fmt", "-")
    assert (done.status, done.out, done.err) == (0, NEAT, "")


def test_a_translation_is_shown_or_written_and_the_text_stays(here: Path, run: Run) -> None:
    path = here / "toy.council" / "rules.en.civic"
    before = path.read_text(encoding="utf-8")
    done = run("fmt", str(path), "--lang", "zh")
    assert done.status == 0
    assert "职数应当不少于3人\n\n帮手数一般应当不超过2人\n" in done.out
    assert "章节 “职数” 〔办法 1〕\n  英文：“Size”" in done.out
    assert run("fmt", str(path), "--lang", "zh", "-o", "out.civic").status == 0
    assert (here / "out.civic").read_text(encoding="utf-8") == done.out
    assert run("fmt", str(path), "--lang", "zh", "-o", "out.civic").status == 2
    assert path.read_text(encoding="utf-8") == before


def test_a_translation_goes_back(here: Path, run: Run) -> None:
    path = here / "toy.council" / "rules.zh.civic"
    run("fmt", str(path), "--lang", "en", "-o", "toy.council/rules.back.civic")
    back = run("fmt", "toy.council/rules.back.civic", "--lang", "zh")
    text = path.read_text(encoding="utf-8")
    printed = text.replace("一般不超过2人", "一般应当不超过2人")  # other words for the same
    assert back.out == printed


def test_json(quiet_place: Path, run: Run) -> None:
    text_file(quiet_place, SPOILT)
    done = run("fmt", "a.civic", "--check", "--format", "json")
    document = json.loads(done.out)
    assert document["format"] == "civicrules-fmt/1"
    (file,) = document["files"]
    assert (file["file"], file["changed"]) == ("a.civic", True)
    assert [(one["code"], one["place"]["start"], one["place"]["end"]) for one in file["diagnostics"]] == [
        ("CR0103", 22, 25)
    ]


@pytest.mark.parametrize(
    "arguments", [("nowhere.civic",), ("a.civic", "-o", "b.civic"), ("a.civic", "b.civic", "--lang", "zh"), ()]
)
def test_a_command_that_cannot_be_done_changes_nothing(quiet_place: Path, run: Run, arguments: tuple[str, ...]) -> None:
    path = text_file(quiet_place, LOOSE)
    done = run("fmt", *arguments)
    assert (done.status, path.read_text()) == (2, LOOSE)
    assert done.err


def test_all_files_are_looked_for_before_one_is_changed(quiet_place: Path, run: Run) -> None:
    path = text_file(quiet_place, LOOSE)
    assert run("fmt", "a.civic", "nowhere.civic").status == 2
    assert path.read_text() == LOOSE


def test_of_a_folder_the_one_ruleset_in_another_language_is_translated(here: Path, run: Run) -> None:
    path = here / "toy.council" / "rules.en.civic"
    one = run("fmt", str(path), "--lang", "zh")
    assert run("fmt", "toy.council", "--lang", "zh").out == one.out
    path.with_name("more.civic").write_bytes(path.read_bytes())
    several = run("fmt", "toy.council", "--lang", "zh")
    assert several.status == 2
    assert f"civicrules fmt {Path('toy.council', 'more.civic')} --lang zh\n" in several.err
    path.unlink()
    path.with_name("more.civic").unlink()
    assert run("fmt", "toy.council", "--lang", "zh").status == 2
