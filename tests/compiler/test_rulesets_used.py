"""`uses:` of another ruleset: its values are known names here, its rules do not apply; circles, missing ones, clashes."""

from __future__ import annotations

import pytest

from civicrules import Libraries, MappingLibrary, Rules, shipped
from civicrules.builtins import registry
from civicrules.findings import Verdict
from civicrules.pipeline import Compiled, compile_source
from civicrules.report.json import document
from civicrules.report.ruleset import render as shown
from civicrules.report.text import render
from civicrules.report.view import View
from civicrules.source import Source, Span

SHARED = """civicrules 1 en
ruleset my.shared "Shared words"
  in Chinese: “共用定义”
  version: 1.2
  facts: cn.community
  source law / 法律: "Law"
quota means half of households, rounded up [law 1]
  in Chinese: 定额
incumbents means committee candidates where incumbent [law 1]
  in Chinese: 现任候选人
rule strict [law 2]
  units must be at least 99
"""
HEAD = {
    "en": 'civicrules 1 en\nruleset my.town "Town"\n  {key}: {name}\n  facts: cn.community\n  source act / 办法: "Act"\n\n',
    "zh": "civicrules 1 zh\n规则集 my.town “本镇”\n  {key}：{name}\n  词汇：cn.community\n  来源 办法 / act：“办法”\n\n",
}
RULES = {
    "en": "units must be at most quota [act 1]\nnumber of incumbents must be at most 3 [act 2]\n",
    "zh": "驻社区单位数应当不超过定额个 〔办法 1〕\n现任候选人的数量应当不超过3 〔办法 2〕\n",
}
USES = {"en": "uses", "zh": "引用"}
UNDER = {"en": "under", "zh": "上位"}


def compiled(language: str, name: str, body: str = "", key: str = "", **texts: str) -> Compiled:
    library = Libraries((MappingLibrary({"my.shared": SHARED, **texts}), shipped()))
    head = HEAD[language].format(key=key or USES[language], name=name)
    return compile_source(Source("t", head + body), library, registry())


def said(found: Compiled) -> list[tuple[str, str]]:
    return [(d.code, d.place.text if isinstance(d.place, Span) else "") for d in found.diagnostics]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_values_and_groups_are_known_and_rules_do_not_apply(language: str) -> None:
    body = RULES[language].replace("定额个", "定额")
    found = compiled(language, "my.shared 1.2", body)
    assert said(found) == []
    assert found.program is not None
    assert [rule.id for rule in found.program.rules] == ["units", "number_of_incumbents"]
    assert {id: layer.id for id, layer in found.program.origins.items()} == dict.fromkeys(
        ("quota", "incumbents"), "my.shared"
    )


@pytest.mark.parametrize(("units", "verdict"), [(5, Verdict.HOLDS), (6, Verdict.FAILS)])
def test_a_value_used_is_judged_and_the_report_says_where_it_is_defined(units: int, verdict: Verdict) -> None:
    """Half of 10 households is 5."""
    rules = Rules.of(compiled("en", "my.shared", RULES["en"]))
    report = rules.check({"community": {"households": 10, "units": units}})
    assert report.findings[0].verdict is verdict
    if verdict is Verdict.FAILS:
        assert "“quota” is defined in “Shared words”" in render(report, "en")
        assert "“定额”的定义见“共用定义”" in render(report, "zh")
    assert "defined in Shared words (my.shared)" in shown(rules.program, View("en"))
    assert "定义见共用定义（my.shared）" in shown(rules.program, View("zh"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "code", "place"),
    [
        ("my.shared 1.3", "CR0368", "my.shared"),
        ("my.sharde", "CR0601", "my.sharde"),
        ("my.broken", "CR0367", "my.broken"),
        ("my.circle", "CR0365", "my.circle"),
        ("my.town", "CR0365", "my.town"),
        ("my.shared, my.other", "CR0307", "my.other"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_line(language: str, name: str, code: str, place: str) -> None:
    texts = {
        "my.broken": SHARED.replace("my.shared", "my.broken").replace("half of households", "half of huoseholds"),
        "my.circle": SHARED.replace("my.shared", "my.circle").replace("  facts:", "  uses: my.town\n  facts:"),
        "my.other": SHARED.replace("my.shared", "my.other").replace("half of", "1/3 of"),
        "my.town": "civicrules 1 en\nruleset my.town\n",
    }
    found = compiled(language, name, **texts)
    assert (code, place) in said(found)
    if code == "CR0601":
        assert next(d for d in found.diagnostics if d.code == code).data["suggestions"] == ("my.shared",)


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [("en", "quota means 3 [act 1]", "quota"), ("zh", "定额是指3 〔办法 1〕\n  英文：quota", "定额")],
)
def test_an_own_definition_of_the_same_name_clashes(language: str, line: str, name: str) -> None:
    assert ("CR0307", name) in said(compiled(language, "my.shared", line + "\n"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_rulesets_under_each_other_are_a_circle_of_both(language: str) -> None:
    city = SHARED.replace("my.shared", "my.city").replace("  facts:", "  under: my.town\n  facts:")
    town = "civicrules 1 en\nruleset my.town\n  under: my.city\n  facts: cn.community\n"
    found = compiled(language, "my.city", key=UNDER[language], **{"my.city": city, "my.town": town})
    assert said(found) == [("CR0365", "my.city")]
    assert found.diagnostics[0].data["chain"] == ("my.town", "my.city", "my.town")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_ruleset_prevails_over_is_shown_in_its_words(language: str) -> None:
    key = {"en": "prevails over", "zh": "优先于"}[language]
    words = {"en": "earlier district papers", "zh": "此前的区级文件"}[language]
    program = compiled(language, f"{words}", key=key).program
    assert program is not None
    assert program.prevails.text(language) == words
    assert f"  {key}  {words}\n" in shown(program, View(language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("above", [False, True])
def test_which_part_of_its_law_a_ruleset_covers_stands_first_in_a_report(language: str, above: bool) -> None:
    key = {"en": 'covers in part: "articles 1 to 3"', "zh": "只涵盖部分条文：“第一条至第三条”"}[language]
    words = {"en": "articles 1 to 3", "zh": "第一条至第三条"}
    head = HEAD[language].format(key=UNDER[language], name="my.shared")
    own = head.replace({"en": "under: my.shared", "zh": "上位：my.shared"}[language], key)
    below = HEAD[language].format(key=UNDER[language], name="my.town").replace("my.town", "my.street", 1)
    library = Libraries((MappingLibrary({"my.shared": SHARED, "my.town": own, "my.street": below}), shipped()))
    found = compile_source(Source("t", below if above else own), library, registry())
    assert said(found) == []
    report = Rules.of(found).check({"community": {"units": 99}})
    _, first, *_ = render(report, language).splitlines()
    assert first.startswith("! ") and first.endswith(words[language])
    told = document(report)
    covers = told["layers"][0]["covers"] if above else told["ruleset"]["covers"]
    assert covers == {language: words[language]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_misspelt_name_of_a_higher_rule_is_offered(language: str) -> None:
    line = {"en": "  replaces: strcit", "zh": "  代替：strcit"}[language]
    body = {"en": "rule a [act 1]\n  units must be 3\n", "zh": "规则 a 〔办法 1〕\n  驻社区单位数应当为3\n"}[language]
    found = compiled(language, "my.shared", body + line, key=UNDER[language])
    (one,) = (d for d in found.diagnostics if d.code == "CR0361")
    assert one.data["suggestions"] == ("strict",)
    assert [fix.replacement for fix in one.fixes] == ["strict"]


SIZE = {
    "en": 'civicrules 1 en\nruleset my.size "S"\n  facts: cn.community\n  source law / 法律: "L"\n\n'
    "residents committee's size must be at least 5 people [law 1]\n",
    "zh": "civicrules 1 zh\n规则集 my.size “S”\n  词汇：cn.community\n  来源 法律 / law：“L”\n\n"
    "居委会的职数不得少于5人 〔法律 1〕\n",
}
LOWER = {
    "en": "residents committee's size must be at least 7 people [act 1]\n",
    "zh": "居委会的职数不得少于7人 〔办法 1〕\n",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", [USES, UNDER])
def test_what_an_unnamed_sentence_above_is_about_keeps_its_path(language: str, key: dict[str, str]) -> None:
    body = LOWER[language]
    found = compiled(language, "my.size", body, key[language], **{"my.size": SIZE[language]})
    assert [
        code for code, _ in said(found) if code != "CR0362"
    ] == []  # that the relation is not stated is another matter
    assert found.program is not None and found.program.rules
