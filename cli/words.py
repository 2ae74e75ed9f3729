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
