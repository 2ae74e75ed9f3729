"""Characters to tokens: numbers, days, quoted texts, keywords of the tables, and names.

Names are phrases without marks around them, in Chinese even without spaces. Declared names are known before a line is
read and are taken whole; a run that is not declared ends where a keyword that can follow a name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen
from lark import Token

from civicrules.language.words import WordTable

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = r"[A-Za-zÀ-ÖØ-öø-ɏ_][A-Za-zÀ-ÖØ-öø-ɏ0-9_]*(?:[.\-][A-Za-z0-9_]+)*"
_CHINESE_NUMERAL = "一二三四五六七八九十百"
_RATIO_ZH = f"[{_CHINESE_NUMERAL}]+分之[{_CHINESE_NUMERAL}]+"

# Where a phrase counts as a keyword only beside something: a pattern to precede and one to follow it.
_CONTEXTS: Mapping[str, tuple[str, str]] = {
    "number_next": ("", r"(?=[ \t]*[0-9])"),
    "number_before": (r"(?<=[0-9])[ \t]*", r""),
    "set_later": ("", r"(?=[^\n]*确定[ \t]*:)"),
    "colon_next": ("", r"(?=[ \t]*:)"),
    "start_later": ("", r"(?=[^\n,]*起)"),
    "period_next": ("", r"(?=[ \t]*(?:满|不|未|至|[0-9]|$|[,\n]))"),
    "between_later": ("", r"(?=[^\n,]*之间)"),
    "kind_alone": ("", r"(?=[ \t]*(?:$|[,\n]|in[ \t]|单位为))"),
    "value_alone": ("", r"(?=[ \t]*(?:$|[,、\n]))"),
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


def _phrase(phrase: str) -> str:
    """The pattern of a phrase: a space stands for any white space, a Latin end must end a word."""
    pattern = r"[ \t\u00a0]+".join(re.escape(part) for part in phrase.split())
    before = r"(?<![A-Za-z0-9_])" if re.match(r"[A-Za-z0-9_]", phrase) else ""
    after = r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9_]$", phrase) else ""
    return f"{before}{pattern}{after}"


def _declared(name: str) -> str:
    return _phrase(re.sub(r"_+", " ", name)).replace(r"[ \t\u00a0]+", r"[ \t\u00a0_]+")


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns) or r"(?!)"


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


@frozen
class Lexicon:
    """Everything that tells words apart in one text: its tables (own and English) and the names it can use."""

    tables: tuple[WordTable, ...]
    names: frozenset[str] = frozenset()
    declarations: bool = False
    _pattern: re.Pattern[str] = field(init=False, eq=False, repr=False)
    _terminals: Mapping[str, str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        terminals, pattern = _compile(self)
        object.__setattr__(self, "_terminals", terminals)
        object.__setattr__(self, "_pattern", re.compile(pattern, re.IGNORECASE))

    def table(self, tag: str) -> WordTable:
        """The table of a language, or the first one."""
        return next((t for t in self.tables if t.tag == tag), self.tables[0])

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of folded text; what belongs to none becomes tokens of type `UNKNOWN`."""
        found: list[Token] = []
        terminals = self._terminals
        for match in self._pattern.finditer(text, start, end):
            kind = match.lastgroup or "UNKNOWN"
            if kind == "space":
                continue
            value = match.group()
            at = match.start()
            if kind == "kw":
                kind = terminals[" ".join(value.casefold().split())]
            elif kind.startswith("at_"):
                stripped = value.lstrip()
                at += len(value) - len(stripped)
                kind, value = kind[3:].rpartition("_")[0], stripped
            if found and found[-1].type == "COMMA" and kind in _AFTER_COMMA:
                found.pop()
                kind = _AFTER_COMMA[kind]
            found.append(Token(kind, value, start_pos=at, end_pos=match.end()))
        return found


# A comma before these belongs to them: `…, rounded down, at least 5` is one formula, not a list.
_AFTER_COMMA = {
    "AT_LEAST": "CLAMP_LOW",
    "AT_MOST": "CLAMP_HIGH",
    "ROUNDED_DOWN": "ROUNDED_DOWN",
    "ROUNDED_UP": "ROUNDED_UP",
    "ROUNDED_HALF_UP": "ROUNDED_HALF_UP",
    "ROUNDED_AS": "ROUNDED_AS",
}


def _compile(lexicon: Lexicon) -> tuple[dict[str, str], str]:
    free: dict[str, str] = {}
    beside: list[tuple[str, str]] = []
    barred: list[str] = []
    for table in lexicon.tables:
        words = table.declarations if lexicon.declarations else table.keywords
        for terminal, phrases in words.items():
            context = table.only.get(terminal)
            for phrase in _longest(phrases):
                if context:
                    before, after = _CONTEXTS[context]
                    beside.append((terminal, f"{before}{_phrase(phrase)}{after}"))
                    if not lexicon.declarations:
                        barred.append(f"{_phrase(phrase)}{after}")
                else:
                    free.setdefault(phrase.casefold(), terminal)
                    if terminal not in table.inside and (not lexicon.declarations or terminal == "ONE_OF_END"):
                        barred.append(_phrase(phrase))
        for wrong in table.instead if not lexicon.declarations else ():
            free.setdefault(wrong.casefold(), "INSTEAD")
            barred.append(_phrase(wrong))
    return free, _pattern(lexicon, free, beside, barred)


def _pattern(
    lexicon: Lexicon, free: Mapping[str, str], beside: Sequence[tuple[str, str]], barred: Sequence[str]
) -> str:
    declared = _any(_declared(name) for name in _longest(lexicon.names))
    keep = _any(re.escape(word) for table in lexicon.tables for word in _longest(table.keep))
    kept = f"(?!{keep})"
    bar = f"(?!{_any(sorted(set(barred), key=lambda p: (-len(p), p)))})"
    of = "" if lexicon.declarations else "(?!的)"
    han = f"(?:{keep}|{bar}{of}[{_HAN}])"
    latin = f"{bar}{_WORD}"
    more = f"(?:(?:{declared}|{han}|(?<=[{_HAN}])[A-Za-z_]+)|[ \\t\\u00a0_]+(?:(?={_WORD}){declared}|{latin}))*"
    groups = [
        ("space", r"[ \t\r\n\u00a0]+"),
        ("STRING", r"\"[^\"\n]*\"|“[^”\n]*”|”[^“”\n]*[“”]"),
        ("QUOTED_NAME", r"「[^」\n]*」"),
        ("DATE", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"),
        ("PERCENT", r"[0-9]+(?:\.[0-9]+)?[ ]?%"),
        ("RATIO", rf"[0-9]+/[0-9]+(?![0-9])|{_RATIO_ZH}"),
        ("NUMBER", r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)[万亿]?"),
        ("CASE_COLON", r"的[ \t]*:"),
        ("CASE_END", r"的[ \t]*,"),
        ("DE_SHARE", rf"的(?=[ \t]*(?:[0-9]+(?:\.[0-9]+)?%|{_RATIO_ZH}|[0-9]+/[0-9]|半数|一半|过半数))"),
        *[(f"at_{terminal}_{index}", pattern) for index, (terminal, pattern) in enumerate(beside)],
        ("NAME", rf"(?:{declared}){more}"),
        ("kw", f"{kept}(?:{_any(_phrase(phrase) for phrase in _longest(free))})"),
        ("FREE_NAME", rf"(?:{han}|{latin}){more}"),
        ("POSSESSIVE", r"['’]s?(?![A-Za-z])"),
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
    ]
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups)


def name_text(token: str) -> str:
    """The name that a token holds: quotes off, white space single.

    >>> name_text("「居住在本社区」")
    '居住在本社区'
    """
    return " ".join(token.strip("「」").replace("_", " ").split())
