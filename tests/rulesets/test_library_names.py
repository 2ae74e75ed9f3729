"""Texts are found by the name they are kept under, else by the one they give themselves; a mismatch is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from civicrules import FolderLibrary, Library, MappingLibrary
from civicrules.builtins import registry
from civicrules.library import Libraries, declared_name, shipped
from civicrules.pipeline import compile_source
from civicrules.plans import open_plan
from civicrules.source import Source, Span

WORDS = 'civicrules 1 en\n\nvocabulary our.words "Words"\nentity town / 镇\n  units / 单位数: number\n'
RULES = 'civicrules 1 en\n\nruleset our.rules "Rules"\n  facts: our.words\n'
CHINESE = "civicrules 1 zh\n\n规则集 our.rules “办法”\n  词汇：our.words\n"


def folder(at: Path) -> Library:
    (at / "kept").mkdir()
    (at / "kept" / "rules.en.civic").write_text(RULES, encoding="utf-8")
    (at / "kept" / "rules.zh.civic").write_text(CHINESE, encoding="utf-8")
    (at / "kept" / "vocabulary.civic").write_text(WORDS, encoding="utf-8")
    return FolderLibrary(at)


def mapping(at: Path) -> Library:
    return MappingLibrary({"kept": RULES, "kept.zh": CHINESE, "words": WORDS})


@pytest.mark.parametrize("make", [folder, mapping])
def test_a_text_is_found_by_the_name_it_gives_itself(make: object, tmp_path: Path) -> None:
    library = make(tmp_path)  # type: ignore[operator]
    for what, name, text in (("ruleset", "our.rules", RULES), ("vocabulary", "our.words", WORDS)):
        assert library.find(what, name).source.text == text
        assert library.find(what, f"{name}x") is None
    assert library.find("ruleset", "our.rules", "zh").source.text == CHINESE
    assert library.find("ruleset", "kept").source.text == RULES
    assert "our.rules" not in library.names("ruleset")


def test_a_text_kept_under_a_name_comes_before_one_that_claims_it() -> None:
    other = RULES.replace("our.rules", "b")
    library = MappingLibrary({"a": other, "b": RULES})
    found = library.find("ruleset", "b")
    assert found is not None and found.source.text == RULES


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RULES, "our.rules"),
        (CHINESE, "our.rules"),
        (WORDS, "our.words"),
        ("civicrules 1 en\n", ""),
        ("", ""),
        ("# ruleset x\ncivicrules 1 en\n# ruleset y\nruleset z", "z"),
    ],
)
def test_the_name_at_the_head(text: str, name: str) -> None:
    assert declared_name(text) == name


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("key", "name", "held"), [("facts", "words", "our.words"), ("under", "kept", "our.rules")])
def test_a_name_that_differs_from_the_one_kept_is_said(language: str, key: str, name: str, held: str) -> None:
    keys = {"en": {"facts": "facts", "under": "under"}, "zh": {"facts": "词汇", "under": "上位"}}[language]
    opener = {"en": "ruleset", "zh": "规则集"}[language]
    library = Libraries((MappingLibrary({"kept": RULES, "words": WORDS}), shipped()))
    for asked, expected in ((name, [("CR0817", name)]), (held, [])):
        text = f"civicrules 1 {language}\n{opener} my.town\n  {keys[key]}: {asked}\n"
        found = compile_source(Source("t", text), library, registry())
        assert found.program is not None
        assert [(d.code, d.place.text) for d in found.diagnostics if isinstance(d.place, Span)] == expected
        assert all(d.data["held"] == held for d in found.diagnostics)


def test_a_ruleset_where_a_plan_belongs_is_answered_with_the_commands_for_it(tmp_path: Path) -> None:
    path = tmp_path / "rules.civic"
    path.write_text(RULES, encoding="utf-8")
    (problem,) = open_plan(path, registry()).diagnostics
    assert problem.code == "CR0456"
    assert problem.data["path"] == str(path)
    (other,) = open_plan(tmp_path / "plan.docx", registry()).diagnostics
    assert other.code == "CR0402"


def test_a_folder_that_cannot_be_opened_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "System Volume Information").mkdir()
    (tmp_path / "our.rules").mkdir()
    (tmp_path / "our.rules" / "rules.en.civic").write_text(RULES, encoding="utf-8")
    listed = Path.iterdir

    def iterdir(folder: Path) -> object:
        if folder.name == "System Volume Information":
            raise PermissionError(folder)
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    library = FolderLibrary(tmp_path)
    assert library.find("ruleset", "our.rules") is not None
    assert library.find("ruleset", "another") is None
    assert list(library.names("ruleset")) == ["our.rules"]


@pytest.mark.parametrize("beside", ["our.rules.zh.civic", "translated.civic"])
def test_a_translation_beside_a_text_is_the_same_ruleset(tmp_path: Path, beside: str) -> None:
    (tmp_path / "our.rules.civic").write_text(RULES, encoding="utf-8")
    (tmp_path / beside).write_text(CHINESE, encoding="utf-8")
    library = FolderLibrary(tmp_path)
    assert list(library.names("ruleset")) == ["our.rules"]
    texts = {None: RULES, "en": RULES, "zh": CHINESE}
    for language, text in texts.items():
        found = library.find("ruleset", "our.rules", language)
        assert found is not None and found.source.text == text


def test_a_copy_in_the_same_language_is_a_text_of_its_own(tmp_path: Path) -> None:
    for name in ("our.rules.civic", "copy.civic"):
        (tmp_path / name).write_text(RULES, encoding="utf-8")
    assert list(FolderLibrary(tmp_path).names("ruleset")) == ["copy", "our.rules"]
