"""Did you mean: the known words nearest to one that is not known, for English and for two-character Chinese words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from civicrules.exact import chinese_numeral


def nearest(word: str, candidates: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The candidates nearest to a word, nearest first, at most `most` of them, as they were given.

    Letter case, full-width forms, spaces and `_` do not count. The measure is `difflib`'s ratio (Ratcliff and
    Obershelp, 1988); its cut-off falls with the length of the word, because one wrong character in two leaves a
    ratio of 1/2. Short words are only compared so freely when they are Chinese: two Latin letters say too little.

    >>> nearest("housholds", ["households", "units", "居民户数"])
    ('households',)
    >>> nearest("初钟", ["小学", "初中", "高中"])
    ('初中',)
    >>> nearest("xy", ["ab", "居民"])
    ()
    >>> nearest("later than", ["no later than"]), nearest("获得", ["不得"])
    ((), ())
    >>> nearest("末被剥夺", ["被剥夺", "未被剥夺"])
    ()
    """
    folded = _fold(word)
    if not folded:
        return ()
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    limit = _cut_off(folded)
    scored: dict[str, float] = {}
    for candidate in candidates:
        other = _fold(candidate)
        if candidate in scored:
            continue
        if 2 * min(len(other), len(folded)) < limit * (len(other) + len(folded)):  # most are too short or too long
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() >= limit:
            # A wrong character is likelier than a missing one: 付主任职数 is 副主任职数 rather than 主任职数.
            scored[candidate] = matcher.ratio() + (0.1 if len(other) == len(folded) else 0)
    ranked = sorted((-ratio, at, candidate) for at, (candidate, ratio) in enumerate(scored.items()) if ratio >= limit)
    near = [candidate for _, _, candidate in ranked]
    if any(folded.endswith(_fold(one)) and _denies(other, one) for one in near for other in near):
        return ()  # 末被剥夺: whether or not it is denied is what is misspelt
    return tuple(candidate for candidate in near if not _reverses(word, candidate))[:most]


_NEGATION = re.compile("[不未非无勿]|禁止|严禁|(?<![a-z])(?:no|not|never|nobody|cannot)(?![a-z])|n't(?![a-z])")


def negations(text: str) -> int:
    """How many words of a text deny.

    >>> negations("not earlier than"), negations("未被剥夺政治权利"), negations("notice")
    (1, 1, 0)
    """
    return len(_NEGATION.findall(text.casefold()))


def _reverses(word: str, other: str) -> bool:
    """Whether one text denies what the other says: what is offered must never turn a rule round (获得, 不得)."""
    return negations(word) != negations(other) and _fold(word) != _fold(other)


def _denies(text: str, other: str) -> bool:
    """Whether a text is another one with a word that denies it."""
    return text != other and _fold(_NEGATION.sub("", text.casefold())) == _fold(other)


def closeness(piece: str, word: str) -> int:
    """How near two texts are, 0 to 100. Of two Chinese characters, the right one must stand where it should.

    >>> closeness("数要", "总数"), closeness("附合", "符合")
    (0, 50)
    """
    if len(piece) == len(word) == 2 and not word.isascii() and piece[0] != word[0] and piece[1] != word[1]:
        return 0
    return round(100 * SequenceMatcher(None, piece.casefold(), word.casefold(), autojunk=False).ratio())


_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CHINESE = re.compile("[一二两三四五六七八九十][零一二三四五六七八九十百千万]*")


def in_figures(text: str) -> str | None:
    """A text that is or begins with a number in words, with figures; `None` for what is none.

    >>> in_figures("三至九人"), in_figures("fifty"), in_figures("户数")
    ('3至9人', '50', None)
    >>> in_figures("五千户")
    '5000户'
    """
    word = text.casefold()
    if word in _ONES:
        return str(_ONES.index(word) + 1)
    if word in _TENS:
        return str(10 * (_TENS.index(word) + 2))
    return _CHINESE.sub(lambda found: str(chinese_numeral(found[0])), text) if _CHINESE.match(text) else None


def _fold(word: str) -> str:
    plain = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return "".join(plain.casefold().replace("_", " ").split())


def _cut_off(word: str) -> float:
    chinese = any(unicodedata.east_asian_width(c) in "WF" for c in word)
    if not chinese:
        return 0.7 if len(word) <= 4 else 0.65
    return 0.5 if len(word) <= 3 else 0.55
