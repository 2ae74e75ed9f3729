"""Plans in YAML: nodes are composed and keep their text; nothing is typed by what YAML would guess of it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import yaml

from civicrules.diagnostics import Diagnostic, Label
from civicrules.reading.beside import tables_beside
from civicrules.reading.colons import colons_in
from civicrules.reading.files import text_of, whole_file
from civicrules.reading.header import raw_of
from civicrules.reading.raw import Atom, Branch, Node, Raw, Series
from civicrules.source import Place, Source, Span, spanned

# A plan nests five deep at most (plan, list, rows, row, value); the composer itself is recursive and must not be
# led deeper.
MOST_DEPTH = 12
_MOST_OPEN = 200
# A text has no more values than characters, unless aliases repeat them.
MOST_REPEATED = 100_000


def read_yaml(path: Path) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    """A plan from a YAML file, with the tables that it names beside it."""
    source = text_of(path)
    if isinstance(source, Diagnostic):
        return None, (source,)
    root = parse(source)
    if isinstance(root, Diagnostic):
        return None, (root,)
    if root is None:
        return None, (Diagnostic("CR0406", whole_file(path), {"file": path.name}),)
    found, diagnostics = tables_beside(root, path, source.text)
    return raw_of(found, path.name), diagnostics


def parse(source: Source) -> Node | Diagnostic | None:
    """The tree of a YAML text, nothing for a text without content, or what is wrong with it."""
    try:
        if _nests_too_deep(source.text):
            return Diagnostic("CR0416", Span(source, 0, 0))
        node = yaml.compose(source.text, Loader=_Nodes)
    except yaml.YAMLError as error:
        return _syntax(source, error)
    if node is None:
        return None
    if isinstance(node, yaml.ScalarNode):
        return colons_in(source) or _Tree(source).node(node)
    tree = _Tree(source)
    root = tree.node(node)
    return tree.problem or root


def _nests_too_deep(text: str) -> bool:
    """Whether a text nests deeper than the composer may follow; most texts cannot, at a glance."""
    longest = max(map(len, text.split("\n")))
    if longest < _MOST_OPEN and text.count("[") + text.count("{") < _MOST_OPEN:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_Nodes):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MOST_OPEN:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


class _Nodes(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Composes nodes without working out tags: what a text means is for the vocabulary to say."""

    # Three calls for every node, which need do nothing: of anything, an empty text.
    resolve = descend_resolver = ascend_resolver = "".format


class _Tree:
    """Turns composed nodes into our own, once each way they are reached; aliases can reach a node many times."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0
        self.most = len(source.text) + MOST_REPEATED
        self.problem: Diagnostic | None = None

    def node(self, node: yaml.Node, depth: int = 0) -> Node:
        place = spanned((self.source, node.start_mark.index, node.end_mark.index))
        children = node.value
        if type(node) is yaml.ScalarNode:
            return Atom("" if children in _BLANK and not node.style else children, place)
        self.count += len(children)
        if depth > MOST_DEPTH or self.count > self.most:
            self.problem = self.problem or Diagnostic("CR0416" if depth > MOST_DEPTH else "CR0414", place)
            return Atom("", place)
        below, convert = depth + 1, self.node
        if isinstance(node, yaml.SequenceNode):
            return Series(tuple([convert(item, below) for item in children]), place)
        keys = [key.value if type(key) is yaml.ScalarNode else self.written(key) for key, _ in children]
        nodes = [convert(item, below) for _, item in children]
        return Branch(tuple(keys), tuple(nodes), place, partial(self.where, node))

    def written(self, node: yaml.Node) -> str:
        """A key that is not a text, as it stands in the file."""
        return self.source.text[node.start_mark.index : node.end_mark.index]

    def where(self, mapping: yaml.Node, at: int) -> Place:
        node = mapping.value[at][0]
        return Span(self.source, node.start_mark.index, node.end_mark.index)


_BLANK = frozenset(("~", "null", "Null", "NULL"))
_CONTENT = re.compile(r"[ \t]*(?P<item>(?:- +)*)(?P<content>[^\s#].*?)(?:[ \t]+#.*|[ \t\r]*)$", re.MULTILINE)


# ---------------------------------------------------------------- what is wrong with a text


def _syntax(source: Source, error: yaml.YAMLError) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    index = min(mark.index, len(source.text)) if mark is not None else 0
    place = Span(source, index, min(index + 1, len(source.text)))
    problem = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None)}"
    start = getattr(error, "context_mark", None)
    opened = Span(source, start.index, start.index + 1) if start is not None else place
    if "tab" in problem or "\\t" in problem or source.text[index : index + 1] == "\t":
        return Diagnostic("CR0411", place)
    if "another document" in problem:
        return Diagnostic("CR0415", place)
    if "anchor" in problem or "alias" in problem:
        return Diagnostic("CR0417", place)
    if "flow" in problem or "quoted scalar found unexpected end" in problem:
        sign = source.text[opened.start : opened.start + 1]
        return Diagnostic("CR0413", opened, {"sign": sign}, related=(Label(place, "stuck"),))
    if "cannot start any token" in problem:
        return Diagnostic("CR0418", place, {"sign": source.text[index : index + 1]})
    if "escape" in problem:
        return Diagnostic("CR0419", place)
    begun = start if "simple key" in problem else None
    items = "expected key" not in problem  # whether an item without a colon can be what is wrong
    return _without_colon(source, index, begun, items) or colons_in(source) or Diagnostic("CR0410", place)


def _without_colon(source: Source, stuck: int, begun: yaml.Mark | None, items: bool) -> Diagnostic | None:
    """A line that should part a label from a value and has no colon: the one that was begun, else the one above."""
    match = _CONTENT.match(source.text, begun.index - begun.column) if begun is not None else _above(source.text, stuck)
    content = match["content"] if match else ""
    if (
        match is None
        or (match["item"] and not items)
        or any(colon in content for colon in ":：")
        or content[0] in "\"'[{|>"
    ):
        return None
    label = " ".join(content.split()[:-1])  # the last word is the value, which may be nobody's business
    return Diagnostic("CR0422", Span(source, *match.span("content")), {"example": f"{label}: …"} if label else {})


def _above(text: str, at: int) -> re.Match[str] | None:
    """The nearest line above a place that holds something besides a comment."""
    end = text.rfind("\n", 0, at)
    while end >= 0:
        start = text.rfind("\n", 0, end) + 1
        match = _CONTENT.match(text, start)
        if match:
            return match
        end = start - 1
    return None
