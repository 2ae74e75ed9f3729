"""A page taken apart with the standard library's parser: its elements, their texts, and whether it is well formed."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from attrs import define, field

VOID = {"meta", "br", "hr", "img", "input", "link"}
# Elements of drawings that hold nothing are closed in their own tag.
ALONE = {"line", "rect", "path", "circle"}


@define(eq=False)
class Element:
    """An element with what is in it, in order."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All text in it, with single spaces."""
        parts = (one if isinstance(one, str) else one.text for one in self.inside)
        return " ".join("".join(parts).split())

    def all(self, tag: str = "", of: str = "") -> Iterator[Element]:
        """The elements in it, by tag or class."""
        for one in self.inside:
            if isinstance(one, Element):
                if (not tag or one.tag == tag) and (not of or of in one.classes):
                    yield one
                yield from one.all(tag, of)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(text: str) -> Element:
    """The page; an assertion fails where an element is not closed, or closed where it is not open."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    assert len(parser.open) == 1, f"<{parser.open[-1].tag}> is not closed"
    return parser.open[0]


def rows(of: Element) -> list[list[str]]:
    """The cells of the tables in an element, row by row."""
    return [[cell.text for cell in row.inside if isinstance(cell, Element)] for row in of.all("tr")]
