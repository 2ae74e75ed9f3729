"""What the commands say besides reports and diagnostics, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from civicrules.codes import fill
from civicrules.program import Names

_WORDS: Mapping[str, Names] = MappingProxyType(
    {
        "nothing done": Names.of(en="Nothing was done. Exit status 2.", zh="未作任何处理。退出状态2。"),
        "new.form": Names.of(en="Written: {file}", zh="已生成：{file}"),
        "new.form next": Names.of(
            en="Fill it in, then check it: civicrules check {file}", zh="请填写后核对：civicrules check {file}"
        ),
        "new.copy": Names.of(en="Written, for you to edit:", zh="已生成可供修改的副本："),
        "new.copy one": Names.of(
            en="This one text serves plans and reports in both languages (another one: --lang en or --lang zh).",
            zh="中文、英文的方案和报告均适用这一份文本（需要另一语言的文本，请加 --lang en 或者 --lang zh）。",
        ),
        "new.copy next": Names.of(
            en="Plans in {folder} are checked with this copy from now on; others with --rules {folder}.",
            zh="今后 {folder} 内的方案按此副本核对；其他位置的方案请加 --rules {folder}。",
        ),
        "fmt.changed": Names.of(en="Formatted: {file}", zh="已整理：{file}"),
        "fmt.would": Names.of(en="Would be formatted: {file}", zh="需要整理：{file}"),
        "fmt.total": Names.of(
            en="Texts formatted: {changed}. Left as they were: {same}.", zh="已整理{changed}份文本，{same}份未作改动。"
        ),
        "fmt.total would": Names.of(
            en="Texts that would be formatted: {changed}. As they should be: {same}.",
            zh="需要整理的文本{changed}份，符合格式的{same}份。",
        ),
        "test.failed": Names.of(
            en="{name}: expected {expected}, found {actual}", zh="{name}：应为{expected}，实为{actual}"
        ),
        "test.passed": Names.of(
            en="{ruleset}: expectations of its examples that come out: {passed} of {all}",
            zh="{ruleset}：示例共列预期结果{all}项，其中{passed}项相符",
        ),
        "test.none": Names.of(en="{ruleset}: no examples", zh="{ruleset}：没有示例"),
        "test.unusable": Names.of(en="{ruleset}: cannot be used", zh="{ruleset}：无法使用"),
        "test.untouched": Names.of(en="What no example touches:", zh="尚无示例涉及的内容："),
        "test.all touched": Names.of(
            en="The examples touch every rule, row, exception and reading.",
            zh="各项规则、档次、例外和解释均有示例涉及。",
        ),
        "test.rules": Names.of(
            en="rules that no example sees hold or fail: {n} of {all}",
            zh="未经示例验证符合或者不符合的规则（{all}条中的{n}条）",
        ),
        "test.rows": Names.of(
            en="rows that count in no example: {n} of {all}", zh="示例未适用的档次或者情形（{all}项中的{n}项）"
        ),
        "test.exceptions": Names.of(
            en="exceptions that apply in no example: {n} of {all}", zh="示例未适用的例外（{all}项中的{n}项）"
        ),
        "test.options": Names.of(
            en="options of readings that make no difference to any example: {n} of {all}",
            zh="对示例结果没有影响的解释选项（{all}项中的{n}项）",
        ),
        "test.line": Names.of(en="line {line}", zh="第{line}行"),
        "test.part": Names.of(en="{name}: {text}", zh="{name}：{text}"),
        "test.status 0": Names.of(en="Every expectation comes out. Exit status 0.", zh="预期结果全部相符。退出状态0。"),
        "test.status 1": Names.of(
            en="Expectations that do not come out: {n}. Exit status 1.", zh="{n}项预期结果不符。退出状态1。"
        ),
        "test.status 2": Names.of(
            en="Not all rulesets could be used. Exit status 2.", zh="有规则集无法使用。退出状态2。"
        ),
        "sign.list": Names.of(en=", ", zh="、"),
        "list.rulesets": Names.of(en="Rulesets", zh="规则集"),
        "list.vocabularies": Names.of(en="Vocabularies", zh="词汇表"),
        "list.contest": Names.of(en="Methods of counting", zh="计票方法"),
        "list.allocation": Names.of(en="Methods of allocation", zh="分配方法"),
        "list.functions": Names.of(en="Functions", zh="函数"),
        "list.readers": Names.of(en="Plans are read from", zh="可读取的方案文件"),
        "list.reporters": Names.of(en="Report formats", zh="报告格式"),
        "list.words": Names.of(en="Languages of rulesets", zh="规则集所用语言"),
        "list.plugins": Names.of(en="Plugins", zh="插件"),
        "list.failed": Names.of(en="Could not be loaded", zh="无法载入"),
        "list.none": Names.of(en="none installed", zh="未安装"),
        "list.from": Names.of(en="from {origin}", zh="取自{origin}"),
        "list.unusable": Names.of(en="cannot be used: {problems}", zh="无法使用：{problems}"),
        "list.parameters": Names.of(en="parameters: {names}", zh="参数：{names}"),
        "list.required": Names.of(en="{name} (required)", zh="{name}（必填）"),
        "list.languages": Names.of(en="texts: {tags}", zh="文本：{tags}"),
    }
)


def word(key: str, language: str, **data: object) -> str:
    """A text, filled."""
    return fill(_WORDS[key].text(language), data, language)


def names(key: str) -> Names:
    """The forms of a text, unfilled."""
    return _WORDS[key]
