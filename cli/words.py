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
        "option.day": Names.of(
            en="'{value}' is not a day of the calendar; write it as 2012-08-20.",
            zh="“{value}”不是日期，请写成 2012-08-20 的形式。",
        ),
        "derive.workbook": Names.of(
            en="A workbook goes to a file; add its name: -o lawful.xlsx",
            zh="工作簿应当写入文件，请写明文件名：-o 要求.xlsx",
        ),
        "fmt.output": Names.of(
            en="-o goes with --lang: a text is formatted where it stands.",
            zh="-o 应当与 --lang 合用；整理格式的，直接改写原文件。",
        ),
        "fmt.one text": Names.of(
            en="--lang takes one text, and neither --check nor --diff.",
            zh="--lang 一次转换一份文本，不与 --check、--diff 合用。",
        ),
        "fmt.one of": Names.of(
            en="--lang takes one text; {folder} holds {n} rulesets to translate.",
            zh="--lang 一次转换一份文本；{folder} 中待转换的规则集有{n}个。",
        ),
        "fmt.which": Names.of(en="Name one:", zh="请指明其一："),
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
        "test.missing": Names.of(en="the example does not give: {facts}", zh="示例没有写明：{facts}"),
        "test.under": Names.of(en=" (reading {name}: {option})", zh="（解释 {name}：{option}）"),
        "test.passed": Names.of(
            en="{ruleset}: expectations of its examples that come out: {passed} of {all}",
            zh="{ruleset}：示例共列预期结果{all}项，其中{passed}项相符",
        ),
        "test.none": Names.of(en="{ruleset}: no examples", zh="{ruleset}：没有示例"),
        "test.conflicts": Names.of(
            en="Known conflicts with the rulesets above it: {n}. To read them: civicrules show {ruleset}",
            zh="已知与上位规定抵触{n}处，详见 civicrules show {ruleset}",
        ),
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
        "list.draws": Names.of(en="Ways of drawing lots", zh="抽签程序"),
        "list.reporters": Names.of(en="Report formats", zh="报告格式"),
        "list.words": Names.of(en="Languages of rulesets", zh="规则集所用语言"),
        "list.plugins": Names.of(en="Plugins", zh="插件"),
        "list.failed": Names.of(en="Could not be loaded", zh="无法载入"),
        "list.none": Names.of(en="none installed", zh="未安装"),
        "list.own": Names.of(
            en="What is not said to be from elsewhere comes with civicrules {version}.",
            zh="未注明出处的，均随 civicrules {version} 提供。",
        ),
        "list.from": Names.of(en="from {origin}", zh="取自{origin}"),
        "list.unusable": Names.of(en="cannot be used: {problems}", zh="无法使用：{problems}"),
        "list.called": Names.of(en="calls itself {name}", zh="文本自称{name}"),
        "list.languages": Names.of(en="texts: {tags}", zh="文本：{tags}"),
        "asking.number": Names.of(
            en="  The number decided for (Enter leaves it open)", zh="  请输入决定的序号（直接回车为暂不决定）"
        ),
        "asking.numbers": Names.of(
            en="  The {n} numbers decided for (Enter leaves it open)",
            zh="  请输入决定的{n}个序号（直接回车为暂不决定）",
        ),
        "asking.nobody": Names.of(
            en="  The numbers of those elected, at most {n}; 0 when nobody was (Enter leaves it open)",
            zh="  请输入当选人的序号，至多{n}个；无人当选的，填0（直接回车为暂不决定）",
        ),
        "asking.nobody is": Names.of(en="nobody", zh="无人当选"),
        "asking.lots": Names.of(
            en="  For lots that everybody can draw again: “lot” and a seed made in public, as lot 4 1 6 2 3",
            zh="  抽签需任何人都能重新抽取的，填“抽签”和当众产生的种子，例如：抽签 4 1 6 2 3",
        ),
        "asking.drawn": Names.of(en="{id} drawn by {draw} = {seed}", zh="{id}按{draw}抽签＝{seed}"),
        "asking.by": Names.of(
            en="  Decided by whom and how (may be left out)", zh="  由谁、以何种方式决定（可以不填）"
        ),
        "asking.again": Names.of(
            en="  Numbers from 1 to {most}; to be given: {n}", zh="  序号为1至{most}，应当填写{n}个"
        ),
        "asking.kept": Names.of(
            en="  Keep this line for the record (a line of the file for --decisions): {answer}\n",
            zh="  请记录此行（可写入 --decisions 所用文件）：{answer}\n",
        ),
        "sign.or": Names.of(en=" · ", zh="、"),
        "sign.part": Names.of(en=": ", zh="："),
        "methods.more": Names.of(
            en="More about one: civicrules methods NAME", zh="查看某一方法的说明：civicrules methods 名称 --lang zh"
        ),
        "methods.title": Names.of(en="{name}: {purpose}, from {origin}", zh="{name}：{purpose}，取自{origin}"),
        "methods.contest": Names.of(en="a method of counting", zh="计票方法"),
        "methods.allocation": Names.of(en="a method of dividing seats", zh="名额分配方法"),
        "methods.draw": Names.of(en="a way of drawing lots", zh="抽签程序"),
        "methods.keys": Names.of(en="Keys", zh="项目"),
        "methods.required": Names.of(en="must be given", zh="必填"),
        "methods.default": Names.of(en="when left out, {default}", zh="不写时为{default}"),
        "kind.number": Names.of(en="a whole number", zh="整数"),
        "kind.fraction": Names.of(en="a number, also a fraction such as 7/5", zh="数字，可以为分数，如7/5"),
        "kind.hurdle": Names.of(
            en="at least or more than a share or a number of votes", zh="不少于或者超过某一比例或者票数"
        ),
        "kind.numbers": Names.of(en="whole numbers, one for each post", zh="整数，每个职位一个"),
        "kind.range": Names.of(en="a least and a greatest number", zh="下限和上限"),
        "kind.condition": Names.of(en="a condition on facts of the plan", zh="关于方案事项的条件"),
        "kind.threshold": Names.of(
            en="how many votes are needed, and what else is asked of each candidate",
            zh="当选所需票数，以及对候选人的其他要求",
        ),
        "kind.posts": Names.of(en="posts, the highest first", zh="职位，由高到低"),
        "kind.list": Names.of(en="a list of the vocabulary", zh="词汇表中的名单"),
        "kind.field": Names.of(en="a number that each member of the list has", zh="名单成员的数字事项"),
        "kind.candidates": Names.of(
            en="a list, how many must stand in it, or “most voted losers, seats left + 1”",
            zh="名单、候选人的最低人数，或者“未当选而得票居前，缺额 + 1”",
        ),
        "kind.of candidate": Names.of(en="a condition on each member of the list", zh="关于名单成员的条件"),
        "kind.limits": Names.of(en="how many of the elected meet a condition", zh="当选人中符合某条件的人数"),
        "kind.relatives": Names.of(en="a fact of the candidates that names people", zh="候选人的人员事项"),
        "kind.modes": Names.of(en="choices of the fact of this name", zh="同名事项的选项"),
        "kind.follow up": Names.of(en="another contest, or a word", zh="另一项选举，或者下列用语"),
        "kind.option": Names.of(en="", zh=""),
        "kind.options": Names.of(en="one or several, in order", zh="一项或者多项，按先后"),
        "kind.base": Names.of(en="the number that majorities are counted on", zh="计算多数的基数"),
    }
)


def word(key: str, language: str, **data: object) -> str:
    """A text, filled."""
    return fill(_WORDS[key].text(language), data, language)


def names(key: str) -> Names:
    """The forms of a text, unfilled."""
    return _WORDS[key]
