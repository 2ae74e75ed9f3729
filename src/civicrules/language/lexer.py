"""Characters to tokens: numbers, days, quoted texts, keywords of the tables, and names.

Names are phrases without marks around them, in Chinese even without spaces. Declared names are known before a line is
read and are taken whole; a run that is not declared ends where a keyword that can follow a name begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import add

from attrs import field
from lark import Token

from civicrules.days import MONTHS
from civicrules.language.words import WordTable, before_its_day
from civicrules.values import frozen

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Patterns are matched on small letters (see _small).
_LATIN = "a-zß-öø-ʯ_"
_AFTER_LATIN = "\u02b0"
_WORD = rf"[{_LATIN}][{_LATIN}0-9]*(?:[.\-][a-z0-9_]+)*"
_LATIN_WORD = re.compile("[a-z0-9]+")
_CHINESE_NUMERAL = "一二三四五六七八九十百"
RATIO_EN = "(?:a|one|two|three|four)[ -](?:third|quarter|fifth|sixth)s?"
_AFTER_RATIO = r"(?= (?:of|or|and) |[ \t]*(?:[,.;:)\[]|$))"
_MULTIPLE_IN_FIGURES = r"[0-9]+(?:\.[0-9]+)? times"
_MULTIPLE_IN_WORDS = "twice|(?:two|three|four|five) times"
_MULTIPLE_ZH = r"(?:[0-9]+(?:\.[0-9]+)?|[二两三四五])倍"
_RATIO_ZH = f"[{_CHINESE_NUMERAL}]+分之[{_CHINESE_NUMERAL}]+"

# 以上、以下 include the number; laws often say so again.
_INCLUDED = r"\(含(?:本数)?\)"
_UNITS_ZH = "个工作日|个月|周年|年|周|日|天"
_UNITS_EN = ("year", "years", "month", "months", "week", "weeks", "day", "days")
_BOUND_ZH = "(?:至少|不少于|不足|不满|未满|满|少于|不超过|超过|多于)"
_YEARS_EN = ("[0-9] ", "years ", "years old ", "year old ", "of age ", "or older ", "or over ", "or younger ")
_AFTER_UNIT = "|".join(("(?<=[年月周日天])", "(?<=[年月周日天] )", *(f"(?<={unit} )" for unit in _UNITS_EN)))

_IN_FIGURES = r"[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,2}(?![0-9])"
_NTH_EN = "[0-9]{1,2}(?:st|nd|rd|th)?"


def _spelt_day(month: str) -> str:
    """The pattern of a day with its month in letters: 30 September 2012, September 30, 2012."""
    return rf"{_NTH_EN} {month} [0-9]{{4}}(?![0-9])|{month} {_NTH_EN},? [0-9]{{4}}(?![0-9])"


# Where a phrase counts as a keyword only beside something: a pattern to precede and one to follow it.
_CONTEXTS: Mapping[str, tuple[str, str]] = {
    "number_next": ("", r"(?= *[0-9])"),
    "number_before": (r"(?:(?<=[0-9])|(?<=[0-9万亿] )|(?<=[万亿])) *", r""),
    "set_later": ("", r"(?=[^\n]*确定 *:)"),
    "colon_next": ("", r"(?= *:)"),
    "start_later": ("", r"(?=[^\n,]*起)"),
    "period_next": ("", r"(?= *(?:满|不|未|至|超|[0-9]|$|[,:\n]))"),
    "unit_before": (rf"(?:{_AFTER_UNIT}) *", ""),
    "age_before": (r"(?<=age )", ""),
    "age_later": ("", r"(?=[^\n,、且或]{1,30}年满 *[0-9])"),
    "years_before": (f"(?:{'|'.join(f'(?<={end})' for end in _YEARS_EN)})", "(?! +or )"),
    "age_next": ("", r"(?=的?年龄)"),
    "bound_next": ("", r"(?= *(?:at least|no fewer than))"),
    "duration_next": ("", rf"(?= *[0-9]+ *(?:{_UNITS_ZH})(?:以|之)?[前后])"),
    "period_later": ("", rf"(?= *{_BOUND_ZH}?[0-9]+(?:至[0-9]+)? *(?:{_UNITS_ZH}))"),
    "day_later": (
        "",
        rf"(?=[^\n,]*(?:(?:{_UNITS_ZH})(?:以|之)?[前后]|[前后]{_BOUND_ZH}[0-9]|[前后起] *[0-9]+ *(?:{_UNITS_ZH})))",
    ),
    "difference_later": ("", r"(?=[^\n,]*[多少] *[0-9])"),
    "difference_next": ("(?<![最至不])", r"(?= *[0-9])"),
    "date_next": ("", rf"(?= *(?:[0-9]{{4}}[-年]|{_spelt_day('[a-z]+')}))"),
    "day_before": (r"(?<=[日0-9])", ""),
    "no_number_next": ("", r"(?! *[0-9])"),
    "comma_next": ("", r"(?= *,)"),
    "phrase_end": ("", r"(?= *(?:$|[,、;\n]|的))"),
    "between_later": (
        "",
        r"(?=[^\n,]*(?:之间|以上[^\n,]*以[下内])|(?: *[0-9][^\n,、前后]{0,8}|[^\n,、0-9]{1,4})以[上下]"
        r"| *[0-9][^\n,、前后]{0,8}(?<![日天周月年])以内)",
    ),
    "edge_end": ("", r"(?= *(?:$|[,:\n]))"),
    "kind_alone": ("", r"(?= *(?:$|[,\n]|in |单位为))"),
    "kind_first": (r"(?:(?<=[:,])|(?<=[:,] ))", r"(?= *(?:$|[,\n]))"),
    "number_kind": (r"(?<=number )", ""),
    "value_alone": ("", r"(?= *(?:$|[,、:\n])|(?:(?<=为[是否无])|(?<=不是[是否无]))(?:者|且|或|的))"),
}

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x3014: 0x5B,
    0x3015: 0x5D,
    0x3010: 0x5B,
    0x3011: 0x5D,
}


def fold(text: str) -> str:
    """Full-width signs and digits as their narrow twins, one for one, so that places hold.

    >>> fold("（１５００户）：")
    '(1500户):'
    """
    return text.translate(_FOLD)


_PLAIN = {0x09: 0x20, 0xA0: 0x20, 0x130: 0x49}  # İ is the one capital whose small form has two characters


def _small(text: str) -> str:
    """Small letters and plain spaces, one for one: patterns that ignore case take many times as long to compile."""
    return text.translate(_PLAIN).lower()


def _of_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _order(phrase: str) -> tuple[bool, int, str]:
    """Longest first; those that begin with a Latin letter together, since the others cannot begin at the same place."""
    return not _of_word(phrase[0]), -len(phrase), phrase


def _edges(phrase: str) -> tuple[str, str]:
    """What must not stand before and after a phrase: a Latin end must end a word."""
    return r"(?<![a-z0-9_])" if _of_word(phrase[0]) else "", r"(?![a-z0-9_])" if _of_word(phrase[-1]) else ""


def _any(phrases: Iterable[str], gap: str = " +") -> str:
    """The pattern of any of some phrases, the longest there is; `gap` is what a space in them stands for."""
    ordered = sorted({_small(phrase) for phrase in phrases}, key=_order)
    runs = []
    for (before, after), alike in groupby(ordered, _edges):
        words = (gap.join(re.escape(part) for part in phrase.split()) for phrase in alike)
        runs.append(f"{before}(?:{'|'.join(words)}){after}")
    return f"(?:{'|'.join(runs) or '(?!)'})"


@frozen
class Lexicon:
    """Everything that tells words apart in one folded text: its tables (own and English) and the names it can use.

    Its patterns know only the phrases that stand in the text: to compile them all takes longer than to read most texts.
    A name that is a word of the language wherever it stands (`doubled`) is the word, unless it is quoted 「…」, or else
    (not `words_first`) the name.
    """

    tables: tuple[WordTable, ...]
    text: str
    names: frozenset[str] = frozenset()
    declarations: bool = False
    words_first: bool = True
    doubled: frozenset[str] = field(init=False, eq=False, repr=False)
    _days: Mapping[str, str] = field(init=False, eq=False, repr=False)
    _terminals: Mapping[str, str] = field(init=False, eq=False, repr=False)
    _token: re.Pattern[str] = field(init=False, eq=False, repr=False)
    _more: re.Pattern[str] = field(init=False, eq=False, repr=False)
    _articles: frozenset[str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_days", dict(_days(self.names)))
        words = _Words.of(self)
        object.__setattr__(self, "doubled", words.doubled)
        object.__setattr__(self, "_terminals", words.free)
        object.__setattr__(self, "_token", re.compile(_token(words)))
        object.__setattr__(self, "_more", re.compile(_more(words)))
        articles = () if self.declarations else (one for table in self.tables for one in table.articles)
        object.__setattr__(self, "_articles", frozenset(articles))

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of the text; what belongs to none becomes tokens of type `UNKNOWN`."""
        found: list[Token] = []
        text = self.text
        small = _small(text[start:end])
        at, among = 0, False
        while match := self._token.match(small, at):
            kind = match.lastgroup or "UNKNOWN"
            begin, at = match.span()
            if kind == "space":
                continue
            if kind == "FREE_NAME" and match[0] in self._articles and self._named_at(small, at):
                continue
            if kind in _NAMES:
                at = self._name_end(small, at)
            elif kind == "kw":
                kind = self._terminals[" ".join(match[0].split())]
            elif kind.startswith("at_"):
                begin = at - len(match[0].lstrip())
                kind = kind[3:].rpartition("_")[0]
            written = text[start + begin : start + at]
            if kind == "AMONG_THESE":
                among = True
            elif kind == "COUNT_END" and among:
                kind, among = "THESE_COUNT", False
            if found and found[-1].type == "COMMA" and kind in _AFTER_COMMA:
                found.pop()
                kind = _AFTER_COMMA[kind]
            if kind == "LESS_THAN" and [token.type for token in found[-2:]] in _AGE_PARTED:
                found.pop()
            if found and found[-1].type == "AND" and kind in _COMPARING:
                found[-1].type = "ALSO"
            if kind == "NAME" and written not in self.names:
                written = self._days.get(written, written)
            found.append(Token(kind, written, start_pos=start + begin, end_pos=start + at))
        return found

    def _named_at(self, small: str, at: int) -> bool:
        """Whether a name that the text knows stands after a space, and no more than that."""
        match = self._token.match(small, at + 1)
        return match is not None and match.lastgroup == "NAME" and self._name_end(small, match.end()) == match.end()

    def _name_end(self, small: str, at: int) -> int:
        """Where a name ends whose first piece ends here."""
        more = self._more.match(small, at)
        return at if more is None else more.end()


_NAMES = frozenset({"NAME", "FREE_NAME"})


@lru_cache(maxsize=16)
def lexicon(
    tables: tuple[WordTable, ...], text: str, names: frozenset[str], declarations: bool, words_first: bool = True
) -> Lexicon:
    """A lexicon, made once for a text that is read again: to be formatted, translated, or changed in a form."""
    return Lexicon(tables, text, names, declarations, words_first)


# A comma before these belongs to them: `…, rounded down, at least 5` is one formula, not a list.
_AFTER_COMMA = {
    "BY": "BY",
    "AT_LEAST": "CLAMP_LOW",
    "AT_MOST": "CLAMP_HIGH",
    "ROUNDED_DOWN": "ROUNDED_DOWN",
    "ROUNDED_UP": "ROUNDED_UP",
    "ROUNDED_HALF_UP": "ROUNDED_HALF_UP",
    "ROUNDED_AS": "ROUNDED_AS",
    "AT_PRECISION": "AT_PRECISION",
    "AND": "AND",
    "OR": "OR",
}

# 年满18周岁，未满60周岁: two ages of one condition.
_AGE_PARTED = (["LIFE_YEARS", "COMMA"], ["LIFE_YEARS", "ENUM"])

# What joins two edges of one value (`at least 3 and at most 9`) is told from what joins two conditions by what follows.
_COMPARING = frozenset(
    {"AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "EXACTLY", "UNEQUAL"}
    | {"NO_LATER", "NO_EARLIER", "EARLIER_THAN", "LATER_THAN"}
)


@frozen
class _Words:
    """The phrases of a lexicon, sorted by what they do.

    `free` phrases are keywords wherever they stand, by their terminal; those `beside` something only there (terminal
    and pattern). `han` is the pattern of a Chinese character in a name that is not declared; `latin_bars` and
    `chinese_bars` say where such a name does not go on, `doubled` are the names that are free phrases, `months` is the
    pattern of the names of months, empty where none stands in the text.
    """

    declared: str
    kept: str
    free: Mapping[str, str]
    beside: tuple[tuple[str, str], ...]
    han: str
    latin_bars: str
    chinese_bars: str
    doubled: frozenset[str]
    months: str

    @classmethod
    def of(cls, lexicon: Lexicon) -> _Words:
        declarations = lexicon.declarations
        stands = _standing(_small(lexicon.text))
        free: dict[str, str] = {}
        beside: list[tuple[str, str]] = []
        bars: list[tuple[str, tuple[str, str]]] = []
        for table in lexicon.tables:
            for terminal, listed in (table.declarations if declarations else table.keywords).items():
                places: dict[str, list[str]] = {}
                for phrase in filter(stands, listed):
                    places.setdefault(table.only.get(phrase) or table.only.get(terminal, ""), []).append(phrase)
                for place, phrases in places.items():
                    before, after = beside_what = _CONTEXTS[place] if place else ("", "")
                    if place:
                        beside.append((terminal, f"{before}{_any(phrases)}{after}"))
                    else:
                        free.update({_small(phrase): terminal for phrase in phrases if _small(phrase) not in free})
                    if terminal == "ONE_OF_END" or not (declarations or terminal in table.inside):
                        bars.extend((phrase, beside_what) for phrase in phrases)
            for wrong in () if declarations else filter(stands, table.instead):
                free.setdefault(_small(wrong), "INSTEAD")
                bars.append((wrong, ("", "")))
        kept = "|".join(re.escape(word) for table in lexicon.tables for word in filter(stands, _longest(table.keep)))
        spoken = (*lexicon.names, *(form for form, _ in _days(lexicon.names)))
        names = [_small(name.replace("_", " ")) for name in spoken if stands(name)]
        doubled = frozenset(name for name in names if name in free and free[name] != "INSTEAD")
        if lexicon.words_first:
            names = [name for name in names if name not in doubled]
        declared = _any(names, gap="[ _]+")
        if longer := [p for p in free if p.startswith(tuple(names)) and not any(n.startswith(p) for n in names)]:
            declared = f"(?!{_any(longer)}){declared}"
        han = f"[{_HAN}]" if declarations else f"(?!的)[{_HAN}]"
        latin_bars = _none_of(bar for bar in bars if bar[0] < _AFTER_LATIN)
        chinese_bars = _none_of(bar for bar in bars if bar[0] >= _AFTER_LATIN)
        months = "|".join(filter(stands, map(_small, MONTHS)))
        return cls(declared, kept or "(?!)", free, tuple(beside), han, latin_bars, chinese_bars, doubled, months)


def _standing(small: str) -> Callable[[str], bool]:
    """Whether a phrase can stand in a text: all its Latin words do or, when it has none, its first two characters.

    >>> [_standing("the chairs of 委员会")(phrase) for phrase in ("Chairs", "chair", "委员", "主任")]
    [True, False, True, False]
    """
    words, pairs = frozenset(_LATIN_WORD.findall(small)), frozenset((*small, *map(add, small, small[1:])))

    def stands(phrase: str) -> bool:
        low = _small(phrase)
        latin = _LATIN_WORD.findall(low)
        return words.issuperset(latin) if latin else low[:2] in pairs

    return stands


def _days(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """How laws also speak of days, and their names: 公布之日 is 公布日."""
    for name in names:
        if (bare := before_its_day(name)) != name:
            yield f"{bare}之日", name


def _none_of(bars: Iterable[tuple[str, tuple[str, str]]]) -> str:
    """The pattern that no phrase stands here, each with what is beside it. An undeclared name ends before them."""
    by_context: dict[tuple[str, str], list[str]] = {}
    for phrase, context in bars:
        by_context.setdefault(context, []).append(phrase)
    barred = "|".join(f"{before}{_any(phrases)}{after}" for (before, after), phrases in by_context.items())
    return f"(?!{barred})" if barred else ""


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _more(words: _Words) -> str:
    """The pattern of what goes on with a name after its first piece; it always matches."""
    pieces = (
        f"[ _]*{words.declared}",
        words.kept,
        words.chinese_bars + words.han,
        r"(?<=[^\x00-\u02af])[a-z_]+",
        f"[ _]+{words.latin_bars}{_WORD}",
    )
    return f"(?:{'|'.join(pieces)})*"


def _token(words: _Words) -> str:
    """The pattern of a token, or of the first piece of a name."""
    spelt = f"|{_spelt_day(f'(?:{words.months})')}" if words.months else ""
    groups = (
        ("space", rf"[ \r\n]+|{_INCLUDED}(?=以[上下内])|(?<=以[上下内]){_INCLUDED}"),
        ("STRING", r"\"[^\"\n]*\"|“[^”\n]*”|”[^“”\n]*[“”]"),
        ("QUOTED_NAME", r"「[^」\n]*」"),
        ("DATE", rf"{_IN_FIGURES}|[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日{spelt}"),
        ("PERCENT", r"[0-9]+(?:\.[0-9]+)? ?(?:%|per ?cent(?![a-z]))|百分之[0-9]+(?:\.[0-9]+)?"),
        ("RATIO", rf"[0-9]+/[0-9]+(?![0-9])|{_RATIO_ZH}|{RATIO_EN}{_AFTER_RATIO}"),
        ("MULTIPLE", rf"{_MULTIPLE_ZH}|{_MULTIPLE_IN_FIGURES}(?= )"),
        ("COUNTED", rf"[0-9]+(?= *(?:{_UNITS_ZH})(?:以|之)?[前后](?! *[0-9]))"),
        ("NUMBER", r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)[万亿]?"),
        ("CASE_COLON", r"的 *:"),
        ("CASE_END", r"的 *,"),
        (
            "DE_SHARE",
            rf"的(?= *(?:[0-9]+(?:\.[0-9]+)?%|百分之[0-9]|{_RATIO_ZH}|[0-9]+/[0-9]|{_MULTIPLE_ZH}|半数|一半|过半数))",
        ),
        *((f"at_{terminal}_{index}", pattern) for index, (terminal, pattern) in enumerate(words.beside)),
        ("NAME", words.declared),
        ("at_MULTIPLE_words", rf"(?:{_MULTIPLE_IN_WORDS})(?= )"),
        ("kw", f"(?!{words.kept}){_any(words.free)}"),
        # Nothing bars its first piece: what could has been taken as a keyword by now.
        ("FREE_NAME", "|".join((words.kept, words.han, _WORD))),
        ("POSSESSIVE", r"['’]s?(?![a-z])"),
        ("DE", r"的"),
        ("COLON", r":"),
        ("COMMA", r","),
        ("ENUM", r"、"),
        ("SLASH", r"/"),
        ("LPAR", r"\("),
        ("RPAR", r"\)"),
        ("PLUS", r"\+"),
        ("MINUS", r"[-−–]"),
        ("TIMES", r"[×*]"),
        ("DIVIDED", r"÷"),
        ("UNKNOWN", r"."),
    )
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups)


def name_text(token: str) -> str:
    """The name that a token holds: quotes off, white space single.

    >>> name_text("「居住在本社区」")
    '居住在本社区'
    """
    return " ".join(token.strip("「」").replace("_", " ").split())
