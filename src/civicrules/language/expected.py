"""What could stand where a line stops making sense: a few classes of words, likeliest first, with an example of each."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules.language.stuck import FORCES, Stuck
from civicrules.program import Names

_MOST = 4

# Classes of terminals, the likeliest first. What can stand nearly anywhere (brackets, texts in quotes) says too little.
_CLASSES = (
    (frozenset(FORCES), Names.of(en="how binding it is (must, should, may)", zh="效力（应当、一般应当、可以）")),
    (frozenset({"MEANS", "SET_BY"}), Names.of(en="what is meant (means, is set by)", zh="定义（是指）")),
    (frozenset({"BY", "SET"}), Names.of(en="what a table is set by", zh="定档的事项（按居民户数确定）")),
    (
        frozenset({"MEET_ALL", "MEET_ANY", "MEET_SOME", "ALL_OF_THESE", "ANY_OF_THESE"}),
        Names.of(en="a list (meet all of these:)", zh="列项（符合下列条件：）"),
    ),
    (
        frozenset({"AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"}),
        Names.of(en="a comparison (at least 3, more than half)", zh="比较（不少于3、超过半数）"),
    ),
    (
        frozenset({"NAME", "NUMBER"}),
        Names.of(en="a name or a number (households, 3)", zh="名称或者数字（居民户数、3）"),
    ),
    (frozenset({"NAME"}), Names.of(en="a name (households)", zh="名称（居民户数）")),
    (frozenset({"NUMBER"}), Names.of(en="a number (3)", zh="数字（3）")),
    (frozenset({"DATE"}), Names.of(en="a day (2012-07-01)", zh="日期（2012年7月1日）")),
    (frozenset({"OTHERWISE"}), Names.of(en="“otherwise”", zh="“其他情形”")),
    (frozenset({"COLON"}), Names.of(en="a colon", zh="冒号")),
    (frozenset({"CASE_END"}), Names.of(en="a colon", zh="“的，”")),
    (frozenset({"$END"}), Names.of(en="the end of the line", zh="行尾")),
    (frozenset({"OR_MORE", "OR_LESS"}), Names.of(en="“or more”, “or fewer”", zh="“以上”“以下”")),
    (
        frozenset({"DAYS", "YEARS", "MONTHS"}),
        Names.of(en="a unit of time (days, years)", zh="期间的单位（日、年、周岁）"),
    ),
    (
        frozenset({"ROUNDED_DOWN", "ROUNDED_UP"}),
        Names.of(en="a rounding (rounded down)", zh="取整（尾数舍去）"),
    ),
    (frozenset({"AND", "OR"}), Names.of(en="“and” or “or”", zh="“且”“或者”")),
    (frozenset({"COMMA", "ENUM"}), Names.of(en="a comma", zh="逗号、顿号")),
    (
        frozenset({"PLUS", "MINUS", "TIMES", "DIVIDED"}),
        Names.of(en="a sum or product (+, ×)", zh="加减乘除（+、×）"),
    ),
)
_NEED_ALL = frozenset({"NAME", "NUMBER"})


def expected(stuck: Stuck) -> Iterator[Names]:
    """What could stand where the parser stopped, in words: at most four classes; of a declaration, its words."""
    if stuck.lexicon.declarations:
        yield from _declared(stuck)
        return
    shown: set[str] = set()
    count = 0
    for terminals, names in _CLASSES:
        fits = terminals <= stuck.accepts if terminals == _NEED_ALL else bool(terminals & stuck.accepts)
        if not fits or terminals <= shown or count == _MOST:
            continue
        if "CASE_END" in terminals and not stuck.chinese:
            continue
        shown |= terminals
        count += 1
        yield names


def _declared(stuck: Stuck) -> Iterator[Names]:
    """Words of a declaration that could stand here: at most four."""
    own = stuck.lexicon.tables[0]
    found = [words[0] for terminal in sorted(stuck.accepts) if (words := own.declarations.get(terminal))]
    yield from (Names.of(**{own.tag: word}) for word in found[:_MOST])
