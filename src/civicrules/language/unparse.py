"""A tree back to text, in any language that has a table. Each language's order of words is said by its table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from civicrules.exact import Exact
from civicrules.language import nodes as n
from civicrules.language.words import WordTable
from civicrules.values import frozen

_ZH_DIGITS = "零一二三四五六七八九十"


@frozen
class Printer:
    """Prints nodes with the words of one table; `name` gives the form of a name in that language."""

    table: WordTable
    name: Callable[[n.Name | n.Path], str | None]

    @property
    def chinese(self) -> bool:
        return self.table.tag == "zh"

    def word(self, word: n.Word) -> str:
        """The author's own phrase where it belongs to this language, else the phrase this language prints."""
        own = self.table.keywords.get(word.terminal, ())
        return word.text if word.text.casefold() in own else self.table.print(word.terminal)

    def join(self, *parts: str) -> str:
        return ("" if self.chinese else " ").join(part for part in parts if part)

    def label(self, name: n.Name) -> str:
        return self.name(name) or name.text

    def path(self, path: n.Path) -> str:
        whole = self.name(path)
        if whole is not None:
            return whole
        return ("的" if self.chinese else "'s ").join(self.label(step) for step in path.steps)

    # -- statements

    def sentence(self, guards: tuple[n.Phrase, ...], clause: n.Clause) -> str:
        """A clause under its guards, as one sentence."""
        body = self.clause(clause)
        if not guards:
            return body
        joiner = self.join("", self.table.print("AND"), "") if self.chinese else f" {self.table.print('AND')} "
        condition = joiner.join(self.phrase(guard) for guard in guards)
        return f"{condition}的，{body}" if self.chinese else f"{self.table.print('WHEN')} {condition}: {body}"

    def clause(self, clause: n.Clause) -> str:
        subject, force = self.phrase(clause.subject), self.force(clause.force)
        predicate = self.predicate(clause.predicate, bare=clause.force.word.terminal == "MUST_NOT")
        if self.chinese and clause.force.word.terminal == "ENCOURAGED":
            return f"{force}{subject}{predicate}"
        if not self.chinese and not predicate.startswith(("is ", "are ")):
            predicate = f"be {predicate}"
        elif not self.chinese:
            predicate = "be " + predicate.split(" ", 1)[1]
        return self.join(subject, force, predicate)

    def force(self, force: n.Force) -> str:
        terminal = force.word.terminal
        base = terminal.removesuffix("_NOT")
        if self.chinese:
            return self.word(n.Word(f"{base}_NOT", force.word.text)) if force.negated else self.word(force.word)
        printed = self.word(n.Word(base, force.word.text))
        return f"{printed} {self.table.print('NOT')}" if force.negated else printed

    # -- predicates

    def predicate(self, node: n.Predicate, bare: bool = False) -> str:
        match node:
            case n.Compared(word=word, value=value):
                return self.join(self.word(word), self.phrase(value))
            case n.Bounded(value=value, word=word):
                return self.join(self.copula(), self.phrase(value), self.word(word))
            case n.Being(value=value, negated=negated, word=word):
                return self.join(self.copula(negated, word), self.phrase(value))
            case n.Within(range=path):
                return self.join(self.table.print("WITHIN"), self.path(path))
            case n.Between(low=low, high=high):
                if self.chinese:
                    return f"在{self.phrase(low)}至{self.phrase(high)}之间"
                return f"between {self.phrase(low)} and {self.phrase(high)}"
            case n.AnyListed(values=values, negated=negated):
                listed = [self.phrase(value) for value in values]
                if self.chinese:
                    return f"{self.copula(negated)}{'、'.join(listed)}之一"
                return f"{'not ' if negated else ''}one of {', '.join(listed)}"
            case n.YearsAfter(word=word, years=years, day=day):
                if self.chinese:
                    word_ = "满" if word.terminal == "AT_LEAST" else self.word(word)
                    return f"自{self.path(day)}起{word_}{self.number(years.value)}年"
                unit = "year after" if years.value == 1 else "years after"
                return f"{self.word(word)} {self.number(years.value)} {unit} {self.path(day)}"

    def copula(self, negated: bool = False, word: n.Word | None = None) -> str:
        if negated:
            return "不是" if self.chinese else "is not"
        if word is not None and word.text in self.table.keywords.get("IS", ()):
            return word.text if self.chinese else "is"
        return self.table.print("IS")

    # -- phrases

    def phrase(self, node: n.Phrase) -> str:
        """A phrase in this language's order."""
        match node:
            case n.Path():
                return self.path(node)
            case n.Quantity(value=value, unit=unit):
                label = self.label(unit) if unit else ""
                return f"{self.number(value)}{label}" if self.chinese else self.join(self.number(value), label)
            case n.Part():
                return self.part(node)
            case n.Day(value=value):
                return self.day(value)
            case n.Truth(value=value):
                return self.table.print("YES" if value else "NO")
            case n.Quoted(text=text):
                return f"“{text}”"
            case n.Binary(operator=operator, left=left, right=right):
                sign = {"*": "×", "/": "÷" if self.chinese else "/"}.get(operator, operator)
                return f"{self.phrase(left)} {sign} {self.phrase(right)}"
            case n.Share(part=part, base=base):
                if self.chinese:
                    return f"{self.phrase(base)}的{self.part(part)}"
                return f"{self.part(part)} of {self.phrase(base)}"
            case n.Range(low=low, high=high):
                return self.range(low, high)
            case n.Excess(of=of, above=above):
                if self.chinese:
                    return f"{self.phrase(of)}超出{self.phrase(above)}的部分"
                return f"{self.phrase(of)} above {self.phrase(above)}"
            case n.Rate(count=count, per=per, of=of):
                if self.chinese:
                    added = "增加" if isinstance(of, n.Excess) else ""
                    return f"{self.phrase(of)}每{self.phrase(per)}{added}{self.phrase(count)}"
                per_ = self.number(per.value) if isinstance(per, n.Quantity) else self.phrase(per)
                return f"{self.phrase(count)} per {per_} {self.phrase(of)}"
            case n.Count(of=of):
                return f"{self.path(of)}的数量" if self.chinese else f"number of {self.path(of)}"
            case n.Call(function=function, arguments=arguments):
                given = ("，" if self.chinese else ", ").join(self.phrase(a) for a in arguments)
                return f"{self.path(function)}（{given}）" if self.chinese else f"{self.path(function)} ({given})"
            case n.Formula(of=of, suffixes=suffixes):
                return ("，" if self.chinese else ", ").join([self.phrase(of), *(self.suffix(s) for s in suffixes)])
            case n.Brackets(of=of):
                return f"（{self.phrase(of)}）" if self.chinese else f"({self.phrase(of)})"
            case n.Option(word=word):
                return self.word(word)
            case n.Compared() | n.Bounded():
                return self.predicate(node)
            case n.Test(subject=subject, predicate=predicate):
                return self.join(self.phrase(subject), self.test(predicate))
            case n.Negation(of=of):
                return self.join("并非" if self.chinese else "not", self.phrase(of))
            case n.AllOf(parts=parts):
                return self.series(parts, "AND")
            case n.AnyOf(parts=parts):
                return self.series(parts, "OR")
        raise AssertionError(node)

    def test(self, predicate: n.Predicate) -> str:
        """A predicate in a condition, where English wants *is* before a comparison."""
        printed = self.predicate(predicate)
        return printed if self.chinese or printed.startswith(("is ", "are ")) else f"is {printed}"

    def series(self, parts: tuple[n.Phrase, ...], terminal: str) -> str:
        word = self.table.print(terminal)
        return (word if self.chinese else f" {word} ").join(self.phrase(part) for part in parts)

    def range(self, low: n.Phrase, high: n.Phrase) -> str:
        if isinstance(high, n.Share) and isinstance(low, n.Part):
            if self.chinese:
                return f"{self.phrase(high.base)}的{self.part(low)}至{self.part(high.part)}"
            return f"{self.part(low)} to {self.phrase(high)}"
        if isinstance(low, n.Share) and isinstance(high, n.Part):
            return self.range(low.part, n.Share(high, low.base))
        return (
            f"{self.phrase(low)}至{self.phrase(high)}" if self.chinese else f"{self.phrase(low)} to {self.phrase(high)}"
        )

    def suffix(self, suffix: n.Suffix) -> str:
        terminal = {"CLAMP_LOW": "AT_LEAST", "CLAMP_HIGH": "AT_MOST"}.get(suffix.word.terminal, suffix.word.terminal)
        printed = self.word(n.Word(terminal, suffix.word.text))
        if terminal == "ROUNDED_AS" and self.chinese:
            return f"{printed}{self.phrase(suffix.value)}" if suffix.value is not None else printed
        return self.join(printed, self.phrase(suffix.value) if suffix.value is not None else "")

    # -- numbers and days

    def number(self, value: Exact) -> str:
        if isinstance(value, Fraction) and value.denominator != 1:
            for digits in range(1, 9):
                if (value * 10**digits).denominator == 1:
                    whole, rest = divmod((value * 10**digits).numerator, 10**digits)
                    return f"{whole}.{rest:0{digits}d}"
            return f"{value.numerator}/{value.denominator}"
        return str(value)

    def part(self, part: n.Part) -> str:
        match part.kind:
            case "PERCENT":
                return f"{self.number(part.value * 100)}%"
            case "HALF":
                return self.table.print("HALF")
            case "MAJORITY":
                return self.table.print("MAJORITY")
            case _:
                low, high = part.value.denominator, part.value.numerator
                if self.chinese and low <= 10:
                    return f"{_ZH_DIGITS[low]}分之{_ZH_DIGITS[high]}"
                return f"{high}/{low}"

    def day(self, value: date) -> str:
        return f"{value.year}年{value.month}月{value.day}日" if self.chinese else value.isoformat()
