"""Did you mean: the known words nearest to one that is not known, for English and for two-character Chinese words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache, partial
from heapq import heapify, heappop

from attrs import field

from civicrules.exact import chinese_numeral
from civicrules.values import frozen

# A wrong character is likelier than a missing one: 付主任职数 is 副主任职数 rather than 主任职数.
_SAME_LENGTH = 0.1


@frozen
class Known:
    """Words to be searched again and again: each with the letters it has, so that most are ruled out at a glance.

    `words` are as given and folded, `letters` has for each its length and a bit for each letter and how often it has
    occurred (the first a, the second a …): how many bits two words share bounds how alike they can be.
    """

    words: tuple[tuple[str, str], ...] = field(repr=False)
    letters: tuple[tuple[int, int], ...] = field(repr=False)
    bits: Mapping[tuple[str, int], int] = field(hash=False, repr=False)

    @classmethod
    def of(cls, words: Iterable[str]) -> Known:
        """Words made ready, each once, in their order."""
        bits: dict[tuple[str, int], int] = {}
        made = tuple((word, _fold(word)) for word in dict.fromkeys(words))
        letters = []
        for _, folded in made:
            there = 0
            for one in _letters(folded):
                there |= bits.setdefault(one, 1 << len(bits))
            letters.append((len(folded), there))
        return cls(made, tuple(letters), bits)

    def nearest(self, word: str, most: int = 3) -> tuple[str, ...]:
        """See `nearest`."""
        folded = _fold(word)
        if not folded:
            return ()
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(folded)
        limit = _cut_off(folded)
        best: list[tuple[float, int, str]] = []
        waiting = self._bounds(folded, limit)
        while waiting:
            bound, at = heappop(waiting)
            if len(best) == most and bound > best[-1][0]:
                break
            candidate, other = self.words[at]
            if _reverses(word, candidate):
                continue
            matcher.set_seq1(other)
            score = matcher.ratio() + (_SAME_LENGTH if len(other) == len(folded) else 0)
            if score >= limit:
                best = sorted((*best, (-score, at, candidate)))[:most]
        found = tuple(candidate for _, _, candidate in best)
        if any(folded.endswith(_fold(one)) and folded != _fold(one) and self._denied(one) for one in found):
            return ()  # 末被剥夺: whether or not it is denied is what is misspelt
        return found

    def _denied(self, word: str) -> bool:
        return any(_denies(other, word) for other, _ in self.words)

    def _bounds(self, folded: str, limit: float) -> list[tuple[float, int]]:
        """A heap of the words that can be near enough: the greatest score of each, negative, and its position."""
        mine, length = sum(self.bits.get(one, 0) for one in _letters(folded)), len(folded)
        found = [
            (-(alike + (_SAME_LENGTH if own == length else 0)), at)
            for at, (own, letters) in enumerate(self.letters)
            if (alike := 2.0 * (mine & letters).bit_count() / (length + own)) >= limit
        ]
        heapify(found)
        return found


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
    return known(tuple(candidates)).nearest(word, most)


# Words that join what stands around them: no slip of the pen for the words of the language that have none of them.
_JOINING = frozenset({"to", "for", "from", "by", "with"})


def is_slip(written: str, word: str) -> bool:
    """Whether what is written can be a slip for a word: `related to` is none for *later than*.

    >>> is_slip("for more", "or more"), is_slip("no latter than", "no later than")
    (False, True)
    """
    return not _JOINING & set(written.casefold().split()) - set(word.split())


@lru_cache(maxsize=32)
def known(words: tuple[str, ...]) -> Known:
    """Words made ready once: the same few of the language are asked about line by line, text by text."""
    return Known.of(words)


def _letters(folded: str) -> Iterator[tuple[str, int]]:
    """Each letter with how often it has occurred before."""
    seen: Counter[str] = Counter()
    for letter in folded:
        yield letter, seen[letter]
        seen[letter] += 1


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


def loses(written: str, other: str, fillers: Collection[str]) -> str:
    """What a text says that another one, offered in its place, does not: more than letters, and no mere filler.

    >>> loses("妇女候选人", "候选人", ()), loses("居民总户数", "居民户数", ("总",)), loses("付主任", "副主任", ())
    ('妇女', '', '')
    >>> loses("twice the units", "units", ("the",)), loses("unitss", "units", ()), loses("atleast", "at least", ())
    ('twice', '', '')
    """
    if written.isascii():
        near, joined = other.casefold().split(), _fold(other)
        words = [word for word in written.split() if word.casefold() not in fillers and _fold(word) not in joined]
        lost = (word for word in words if max(map(partial(closeness, word), near), default=0) < _SAME_WORD)
        return " ".join(word for word in lost if closeness(_fold(written), joined) < _SAME_TEXT)
    matcher = SequenceMatcher(None, written, other, autojunk=False)
    for _, begin, end, first, last in matcher.get_opcodes():
        dropped = written[begin:end]
        repeated = dropped in (written[2 * begin - end : begin], written[end : 2 * end - begin])
        other_word = end - begin > last - first or end - begin > 1
        if other_word and not repeated and dropped not in fillers and dropped not in other:
            return dropped
    return ""


# Of 100: two words, two texts, that are the same but for letters.
_SAME_WORD = 55
_SAME_TEXT = 90


def closeness(piece: str, word: str, least: int = 0) -> int:
    """How near two texts are, 0 to 100. Of two Chinese characters, the right one must stand where it should.

    What cannot come to `least` at a glance is 0.

    >>> closeness("数要", "总数"), closeness("附合", "符合")
    (0, 50)
    >>> closeness("shall", "should"), closeness("shall", "should", 85)
    (55, 0)
    """
    if len(piece) == len(word) == 2 and not word.isascii() and piece[0] != word[0] and piece[1] != word[1]:
        return 0
    if 200 * min(len(piece), len(word)) < (least - 1) * (len(piece) + len(word)):
        return 0
    matcher = SequenceMatcher(None, piece.casefold(), word.casefold(), autojunk=False)
    if least and round(100 * matcher.quick_ratio()) < least:
        return 0
    return round(100 * matcher.ratio())


_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
_ONES += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CHINESE = re.compile("[一二两三四五六七八九十][〇零一二三四五六七八九十百千万]*")


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
