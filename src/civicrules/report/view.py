"""How a report is looked at: language, width, what the terminal can show. Passed along, never global."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field

from civicrules.findings import Subject
from civicrules.program import Layer, Names, Unit
from civicrules.report.layout import Line, Role, attach, wrap
from civicrules.report.terminal import encode, safe
from civicrules.report.words import word
from civicrules.source import Place, Span
from civicrules.values import frozen


@frozen
class View:
    """Everything rendering depends on besides what is rendered. `above` are the titles of rulesets above, by id,
    `people` the lists whose members are persons, `origins` the rulesets that values of other rulesets come from,
    `file` the plan that a page is about, which its places need not name again.
    """

    language: str
    width: int = 100
    encoding: str = "utf-8"
    units: Mapping[str, Unit] = field(factory=dict, hash=False)
    verbose: bool = False
    strict: bool = False
    readings_all: bool = False
    above: Mapping[str, Names] = field(factory=dict, hash=False)
    people: frozenset[str] = frozenset()
    origins: Mapping[str, Layer] = field(factory=dict, hash=False)
    file: str = ""

    def clean(self, text: str) -> str:
        """A text from outside in characters that can be shown, none of which moves the cursor."""
        return encode(safe(text.replace("\n", " ").replace("\t", " ")), self.encoding)

    def word(self, key: str, **data: object) -> str:
        """A text of the word table, as it can be shown."""
        return encode(word(key, self.language, **data), self.encoding)

    def name(self, names: Names) -> str:
        """A name in the language of the reader."""
        return self.clean(names.text(self.language))

    def place(self, place: Place) -> str:
        """Where something stands: in the file that a page is about, its line."""
        if isinstance(place, Span) and self.file and place.source.name == self.file:
            return self.word("places.line", line=str(place.source.position(place.start)[0]))
        return self.clean(str(place))

    def sign(self, sign: str) -> str:
        """A sign, or what stands in for it."""
        return encode(sign, self.encoding)

    def listed(self, texts: list[str] | tuple[str, ...]) -> str:
        """Several texts in one line."""
        return self.word("sign.list").join(texts)

    def counted(self, subject: Subject | None) -> str:
        """The word that the members of a list are counted with."""
        return self.word("members.unit.people" if subject and subject.list in self.people else "members.unit.other")

    def attached(self, lines: list[Line], tail: str) -> list[Line]:
        """Lines with a tail after the last one, in one piece."""
        texts = attach([line.text for line in lines], tail, self.width, "  ")
        return [Line(text, lines[0].role) for text in texts]

    def some(self, texts: list[str], most: int, of: Subject | None = None) -> str:
        """The first of several texts in one line, and how many more there are; all of them when all is asked for.

        `of` is one of those that the texts name, where they are members of a list.
        """
        if self.verbose or len(texts) <= most + 1:
            return self.listed(texts)
        more = self.word("list.more", n=len(texts) - most, total=len(texts), unit=self.counted(of))
        return f"{self.listed(texts[:most])}{more}"

    def lines(
        self, text: str, indent: str = "", role: Role = Role.PLAIN, hanging: str | None = None, tail: str = ""
    ) -> list[Line]:
        """A text wrapped to the width, and a tail that stays in one piece."""
        lines = wrap(text, self.width, indent, hanging)
        if tail:
            lines = attach(lines, tail, self.width, indent if hanging is None else hanging)
        return [Line(line, role) for line in lines]
