"""The declarations of a vocabulary back to lines. Their words are a table of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from civicrules.language import nodes as n
from civicrules.language.spelling import as_written
from civicrules.language.translate import Translation
from civicrules.language.unparse import Printer
from civicrules.language.words import WordTable
from civicrules.source import Span
from civicrules.values import frozen


@frozen
class DeclarationPrinter:
    """Prints `entity`, `body`, `list`, `unit` and `step` with their fields."""

    printer: Printer
    translation: Translation | None = None

    @property
    def table(self) -> WordTable:
        return self.printer.table

    def lines(self, node: n.Declaration) -> Iterator[tuple[Span | None, str]]:
        """The head and the fields, each with the place where it was written."""
        opener = (self.table.openers.get(node.opener) or (node.opener,))[0]
        yield node.span, f"{opener} {self.declared(node.head, node.opener == 'unit')}"
        for declared in node.fields:
            yield declared.span, self.declared(declared, False)

    def declared(self, node: n.Declared, wide: bool) -> str:
        names = self.names(node.names, " / ")
        properties = self.properties(node.properties, " / " if wide else "/")
        return (
            f"{names}{self.printer.sign('colon')}{self.printer.sign('comma').join(properties)}" if properties else names
        )

    def names(self, names: Sequence[n.Name], sign: str, translated: bool = True) -> str:
        """The forms of a declared name. Two forms change places in the other language."""
        forms = [as_written(name) for name in names]
        if self.translation is not None and len(names) == 1 and translated:
            forms = [self.translation.name(names[0]) or forms[0]]
        if self.translation is not None and len(names) == 2 and names[0].text.isascii() != names[1].text.isascii():
            forms.reverse()
        return sign.join(forms)

    def properties(self, properties: Sequence[n.Property], sign: str) -> list[str]:
        found: list[str] = []
        rest = list(properties)
        while rest:
            first, *rest = rest
            if first.kind == "one of":
                more: list[n.Property] = []
                while not self.printer.keep and rest and rest[0].kind == "words":
                    more.append(rest.pop(0))
                labels = [self.names(names, sign) for one in (first, *more) for names in one.names]
                joined = (
                    self.printer.sign("choice") if not self.printer.keep or "、" not in _text(first) else "、"
                ).join(labels)
                found.append(self.words("choices", choices=joined))
            elif first.kind == "unit" and found and not self.has("UNIT_IS"):
                found[-1] = self.words("number in", unit=self.unit(first.names[0], self.names(first.names[0], sign)))
            else:
                found.append(self.property(first, sign))
        return found

    def has(self, terminal: str) -> bool:
        return bool(self.table.declarations.get(terminal))

    def words(self, construct: str, **parts: str) -> str:
        """A construct of declarations, whose keywords are a table of their own."""
        pattern = self.table.order.patterns.get(construct, " ".join(f"{{{part}}}" for part in parts))

        def filled(match: re.Match[str]) -> str:
            return parts[match[1]] if match[1] in parts else (self.table.declarations.get(match[1]) or ("",))[0]

        return re.sub(r"\{(\w+)\}", filled, pattern).strip()

    def property(self, node: n.Property, sign: str) -> str:
        of_unit = node.kind == "words" and sign == " / "
        labels = [self.names(names, sign if node.kind == "words" else " / ", not of_unit) for names in node.names]
        numbers = [self.printer.figures_at(value, node.span) for value in node.numbers]
        if node.kind == "words":
            return "、".join(labels)
        if node.kind == "number" and labels:
            return self.words("number in", unit=self.unit(node.names[0], labels[0]))
        if node.kind == "from to":
            return self.printer.join(numbers[0], self.declared_word("TO"), numbers[1])
        return self.printer.join(self.declared_word(_TERMINALS[node.kind]), "、".join([*labels, *numbers]))

    def unit(self, names: Sequence[n.Name], written: str) -> str:
        """A unit in the language that is printed: that which the text declares, else its form elsewhere."""
        return (self.translation.unit(names[0]) if self.translation is not None else None) or written

    def declared_word(self, terminal: str) -> str:
        return (self.table.declarations.get(terminal) or ("",))[0]


_TERMINALS: Mapping[str, str] = MappingProxyType(
    {
        "number": "NUMBER_KIND",
        "unit": "UNIT_IS",
        "share": "SHARE_KIND",
        "date": "DATE_KIND",
        "yes/no": "YES_NO_KIND",
        "text": "TEXT_KIND",
        "at most": "AT_MOST",
        "at least": "AT_LEAST",
        "rising": "RISING",
        "personal": "PERSONAL",
        "given": "GIVEN",
        "counted": "AS_COUNTED",
        "mutual": "MUTUAL",
        "none allowed": "NONE_ALLOWED",
        "negative": "NEGATIVE",
        "each": "EACH_IS",
        "people": "PEOPLE_KIND",
        "identifies": "IDENTIFIES",
        "blank is none": "BLANK_NONE",
        "counted from": "COUNTED_FROM",
        "taken from": "TAKEN_FROM",
        "public": "PUBLIC",
        "measured": "MEASURED",
    }
)


def _text(node: n.Property) -> str:
    return node.span.text if node.span is not None else ""
