"""A text to its tree, line by line: a mistake spoils its own line and no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from attrs import define, evolve, field
from lark import Token
from lark.exceptions import UnexpectedToken

from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language import nodes as n
from civicrules.language import stray, tables
from civicrules.language.build import BadValue, Builder
from civicrules.language.layout import Line
from civicrules.language.lexer import Lexicon, lexicon, name_text
from civicrules.language.opened import (
    Opened,
    counting_rules,
    forced_otherwise,
    goes_on,
    holds,
    meant_opener,
    open_text,
    opener,
    split_entry,
)
from civicrules.language.signs import unclosed
from civicrules.language.stuck import FORCES, for_parser
from civicrules.program import Names
from civicrules.source import Source, Span
from civicrules.suggest import Known, closeness, known

# More signs of these kinds in one line, or lines nested deeper, nobody can read.
_NESTING = frozenset({"LPAR", "PLUS", "MINUS", "TIMES", "DIVIDED", "SLASH", "NOT"})
_MOST = 30
_DEEPEST = 8
_DIGITS = 30
_OF_ANY_LINE = frozenset({"CR0101", "CR0104"})  # says only where a line stops making sense
_EXPLAINED = 30  # mistakes of one text that are looked into; of a text with more of them, only where each line stops

# The word that can stand between the items of a list, where its head admits only one.
_JOINED_BY = {"MEET_ALL": "AND", "ALL_OF_THESE": "AND", "MEET_ANY": "OR", "ANY_OF_THESE": "OR"}
_ARTICLE = re.compile(
    "(第[0-9一二三四五六七八九十百零〇]+条|[(][一二三四五六七八九十]+[)])[ \t\u3000:,、]*"
    "|(?:art(?:icle|[.])?|§) ?([0-9]+[a-z]?)[.:)]?[ \t]+",
    re.I,
)

# What a row of a table has, and the name of a step has not.
_PARTED = re.compile("[:,0-9]")

# Keys whose value is a text of its own, not a phrase of the language.
_TEXTS = frozenset(
    {"level", "prevails", "covers", "facts", "uses", "version", "source", "name.en", "name.zh", "days_back"}
) | frozenset(
    {
        "days_forward",
        "missing_day",
        "last_day",
        "age_reached",
        "under",
        "lower",
        "replaces",
        "tightens",
        "specifies",
        "waiver",
        "each",
    }
)


def _too_long(tokens: list[Token]) -> Token | None:
    """The first number of more digits than are read."""
    numbers = (token for token in tokens if token.type in _NUMBERS)
    return next((one for one in numbers if sum(map(str.isdecimal, one)) > _DIGITS), None)


_NUMBERS = frozenset({"NUMBER", "PERCENT", "RATIO"})


def _runs_on(words: Lexicon, tokens: list[Token]) -> bool:
    """Whether a name that is also a word of the language became a part of a longer name that nobody declared."""
    names = [name_text(token).casefold() for token in tokens if token.type == "NAME" and token not in words.names]
    return any(one != name and one in name for one in words.doubled for name in names)


@define
class Parser:
    """Parses the lines of one opened text; collects the diagnostics on the way.

    With `texts_only` the values of keys are left as they are written: enough of a head to know which names there are.
    `advised` are keys with the code that tells how their value is written. Where only the number of mistakes is asked
    for, what was meant need not be told (`telling`).
    """

    opened: Opened
    names: frozenset[str]
    texts_only: bool = False
    telling: bool = True
    advised: Mapping[str, str] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    spoilt: list[n.Spoilt] = field(factory=list)
    _lexicons: dict[bool, Lexicon] = field(factory=dict)
    _builder: Builder = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._builder = Builder(self.opened.source, frozenset().union(*(table.of_age for table in self.opened.tables)))

    # -- one line

    def lexicon(self, declarations: bool = False) -> Lexicon:
        if declarations not in self._lexicons:
            names = frozenset() if declarations else self.names - counting_rules(self.opened, self.names)
            self._lexicons[declarations] = lexicon(self.opened.tables, self.opened.folded, names, declarations)
        return self._lexicons[declarations]

    def line(self, start: str, begin: int, end: int) -> Any:
        """The node of a stretch of text under a start rule; `None` after a diagnostic."""
        refused: tuple[Lexicon, list[Token], UnexpectedToken] | None = None
        for words in self.lexicons(start == "declaration"):
            tokens = for_parser(words.tokens(begin, end))
            if len(tokens) > _MOST and sum(token.type in _NESTING for token in tokens) > _MOST:
                self.report("CR0113", self.span(begin, end), limit=_MOST)
                return None
            if max(map(len, tokens), default=0) > _DIGITS and (long := _too_long(tokens)) is not None:
                self.report("CR0139", self.span(long.start_pos or 0, long.end_pos or 0), limit=_DIGITS)
                return None
            if refused is not None and _runs_on(words, tokens):
                break
            try:
                return self._builder.build(tables.parse(tokens, start))
            except UnexpectedToken as error:
                refused = refused or (words, tokens, error)
            except BadValue as error:
                token = error.token
                span = Span(self.opened.source, token.start_pos or 0, token.end_pos or 0)
                fixes = () if error.instead is None else (Fix(span, error.instead),)
                said = said_at(self.opened, self.names, span) if start == "statement" and self.telling else None
                self.diagnostics.append(said or Diagnostic(error.code, span, {"found": str(token)}, fixes=fixes))
                return None
        if refused is not None:
            from civicrules.language.mistakes import explain  # a sound text needs none of it

            brief = len(self.diagnostics) >= _EXPLAINED or not self.telling
            self.diagnostics.append(explain(self.opened.source, refused[0], start, *refused[1:], end, brief))
        return None

    def lexicons(self, declarations: bool) -> Iterator[Lexicon]:
        """The ways to tell words apart: a name that is also a word of the language is the name where no word can stand.

        So is a rule that is called like a count: it is meant where no count can stand.
        """
        yield (first := self.lexicon(declarations))
        if not declarations and len(first.names) < len(self.names):
            yield lexicon(first.tables, first.text, self.names, declarations)
        if first.doubled:
            yield lexicon(first.tables, first.text, first.names, declarations, words_first=False)

    # -- pieces of lines

    def report(self, code: str, place: Span, *fixes: Fix, **data: object) -> None:
        self.diagnostics.append(Diagnostic(code, place, data, fixes=fixes))

    def span(self, start: int, end: int) -> Span:
        return Span(self.opened.source, start, end)

    def text(self, start: int, end: int) -> str:
        return self.opened.source.text[start:end].strip(" \t\u3000\r\n")

    def reference(self, line: Line) -> n.Reference | None:
        if line.cite is None:
            return None
        return n.Reference(self.text(*line.cite), self.span(*line.cite))

    def opener(self, line: Line) -> tuple[str, int] | None:
        """The opener at the beginning of a line, and where the rest begins."""
        return opener(self.opened, line)

    def titled(self, begin: int, end: int) -> tuple[n.Name | None, n.Quoted | None]:
        """`NAME "title"`: either may be missing."""
        folded = self.opened.folded
        quote = next((at for at in range(begin, end) if folded[at] in '"“”'), end)
        name = self.text(begin, quote).rstrip(":：").strip()
        offset = len(folded[begin:quote]) - len(folded[begin:quote].lstrip())
        named = n.Name(name_text(name), self.span(begin + offset, begin + offset + len(name))) if name else None
        if quote == end:
            return named, None
        closes = '"' if folded[quote] == '"' else "“”"
        closing = next((at for at in range(quote + 1, end) if folded[at] in closes), end)
        if closing == end:
            self.diagnostics.append(unclosed(self.opened.source, quote, end))
        return named, n.Quoted(self.text(quote + 1, closing), self.span(quote, min(closing + 1, end)))

    def split(self, line: Line) -> tuple[str, tuple[n.Name, ...], int, int] | None:
        """Key, names after it, where the key ends and where the value begins; `None` when the line has no colon."""
        return split_entry(self.opened, line)

    def entry(self, line: Line, head: bool = False) -> n.Entry | None:
        """A line `key: value`; `None` after a diagnostic. In a `head`, a key that is not known is kept as a text."""
        parts = self.split(line)
        if parts is None:
            stray.no_colon(self, line)
            return None
        key, names, key_end, begin = parts
        named = any(key in table.keys for table in self.opened.tables)
        if (
            not head
            and not named
            and stray.meant_exception(self, line, self.opened.folded[line.start : line.end].casefold())
        ):
            return None
        entries = self.entries(line.children)
        if begin >= line.end:
            self.report("CR0115", self.span(line.start, line.end), key=self.text(line.start, key_end))
            return None
        values = self.values(key, begin, line.end) if named or not head else ()
        if values is None:
            return None
        return n.Entry(
            key,
            names,
            values,
            text=self.text(begin, line.end).strip('"“”'),
            entries=entries,
            span=self.span(line.start, line.end),
            key_span=self.span(line.start, key_end),
            value_span=self.span(begin, line.end),
        )

    def values(self, key: str, begin: int, end: int) -> tuple[Any, ...] | None:
        """What stands after the colon, parsed unless it is a text of its own; `None` after a diagnostic."""
        if key in _TEXTS:
            quotes = [at for at in range(begin, end) if self.opened.folded[at] in '"“”']
            if len(quotes) % 2:
                self.diagnostics.append(unclosed(self.opened.source, quotes[-1], end))
            return ()
        if self.texts_only:
            return ()
        if key != "valid":
            found: tuple[Any, ...] | None = self.line("entry", begin, end)
            if found is None and self.is_near_key(key) and self.diagnostics[-1].code in _OF_ANY_LINE:
                self.diagnostics.pop()  # the key is misspelt: that is said of it
                return ()
            if found is None and key.casefold() in self.advised and self.diagnostics[-1].code in _OF_ANY_LINE:
                self.diagnostics[-1] = Diagnostic(self.advised[key.casefold()], self.span(begin, end))
            return found
        days = self.line("validity", begin, end)
        return None if days is None else tuple(n.Day(day) if day else n.Quoted("") for day in days)

    def entries(self, children: list[Line], head: bool = False) -> tuple[n.Entry, ...]:
        return tuple(entry for child in children if (entry := self.entry(child, head)) is not None)

    def known_key(self, line: Line) -> bool:
        """A line that opens with a key, or with what is nearly one and no name."""
        parts = self.split(line)
        if parts is None or any(parts[0] in table.keys for table in self.opened.tables):
            return parts is not None
        if parts[0] in self.names or any(character.isdigit() for character in parts[0]):
            return False
        if self.begins(line, "WHEN") or self.begins(line, "OTHERWISE"):
            return False
        return self.is_near_key(parts[0])

    def is_near_key(self, key: str) -> bool:
        """Whether what stands for a key is none, and nearly one."""
        if any(key in table.keys for table in self.opened.tables):
            return False
        return any(closeness(key, phrase) >= 70 for phrase in self._keys.nearest(key))

    @cached_property
    def _keys(self) -> Known:
        return known(tuple(phrase for table in self.opened.tables for words in table.keys.values() for phrase in words))

    # -- statements

    def statements(self) -> Iterator[n.Statement]:
        for line in self.opened.lines:
            before = len(self.diagnostics)
            last = _last(line)
            statement = None
            if last is None:
                self.report("CR0113", self.span(line.start, line.end), limit=_DEEPEST)
            else:
                statement = self.statement(line)
            if len(self.diagnostics) > before:
                opened = self.opener(line) or ("", line.start)
                head = self.text(opened[1], line.end)
                self.spoilt.append(n.Spoilt(head, self.span(line.start, (last or line).end)))
            if statement is not None:
                yield statement

    def statement(self, line: Line) -> n.Statement | None:
        opened = self.opener(line)
        span = self.span(line.start, line.end)
        if opened is None:
            opened = self.meant(line)
        if opened is None:
            return self.plain(line)
        kind, begin = opened[0], self.after_opener(line, opened[1])
        match kind:
            case "ruleset" | "vocabulary":
                return self.head(kind, line, begin)
            case "entity" | "body" | "list" | "unit" | "step":
                return self.declaration(kind, line, begin)
            case "section":
                title = self.titled(begin, line.end)[1]
                title = title or n.Quoted(self.text(begin, line.end), span)
                return n.Section(title, self.reference(line), self.entries(line.children), span)
            case "rule":
                name, title = self.titled(begin, line.end)
                if name is None:
                    self.report("CR0116", span, what=self.word(kind))
                    return None
                return self.rule(line, name, title, ())
            case "example":
                return self.example(line, begin)
            case "given" | "expect":
                self.report("CR0119", span)
                return None
            case _:
                name, title = self.titled(begin, line.end)
                if name is None:
                    self.report("CR0116", span, what=self.word(kind))
                    return None
                return n.Block(kind, name, title, self.entries(line.children), self.reference(line), span)

    def after_opener(self, line: Line, end: int) -> int:
        """Where what follows an opener begins; a colon between the two (规则：甲) is reported."""
        colon = re.compile("[ \t\u3000]*:[ \t\u3000]*").match(self.opened.folded, end, line.end)
        if colon is None:
            return end
        place, found = self.span(colon.start(), colon.end()), self.text(line.start, end)
        self.report("CR0127", place, Fix(place, " "), found=found, next=self.text(colon.end(), line.end))
        return colon.end()

    def word(self, opener: str) -> Names:
        """An opener as it is written."""
        return Names.of(**{table.tag: table.openers[opener][0] for table in self.opened.tables})

    def meant(self, line: Line) -> tuple[str, int] | None:
        """The opener that a misspelt one stands for, after a diagnostic; `None` where a sentence may begin."""
        found = meant_opener(self.opened, line)
        if found is None:
            return None
        kind, phrase, end = found
        place = self.span(line.start, end)
        if self.opened.folded[line.start : end] == phrase:
            after = self.text(end, line.end)
            self.report("CR0127", place, Fix(self.span(end, end), " "), found=phrase, next=after)
        else:
            self.report("CR0103", place, Fix(place, phrase), found=place.text, suggestions=(phrase,))
        return kind, end

    def head(self, kind: str, line: Line, begin: int) -> n.Statement | None:
        name, title = self.titled(begin, line.end)
        span = self.span(line.start, line.end)
        if name is None:
            self.report("CR0116", span, what=self.word(kind))
            return None
        made = n.Ruleset if kind == "ruleset" else n.VocabularyHead
        return made(name, title, self.entries(line.children, head=True), span)

    def declaration(self, kind: str, line: Line, begin: int) -> n.Declaration | None:
        colon = bool(line.children) and self.opened.folded[line.end - 1] == ":"  # entity person / 人员:
        head = self.line("declaration", begin, line.end - colon)
        fields = [self.line("declaration", child.start, child.end) for child in line.children]
        if head is None:
            return None
        return n.Declaration(kind, head, tuple(f for f in fields if f is not None), self.span(line.start, line.end))

    def plain(self, line: Line) -> n.Statement | None:
        """A sentence, a guard over sentences, or a definition."""
        if self.opened.declares and stray.undeclared(self, line):
            return None
        line = self.numbered(line)
        span = self.span(line.start, line.end)
        match self.line("statement", line.start, line.end):
            case n.Clause() as clause:
                return n.Rule(None, None, (self.clause(line, clause, ()),), span=span)
            case (guard, n.Clause() as clause):
                return n.Rule(None, None, (self.clause(line, clause, (guard,)),), span=span)
            case (guard,):
                return self.rule(line, None, None, (guard,))
            case (n.Path() as name, tuple() as given):
                return self.table(line, name, given)
            case (n.Path() as name, n.Items() as items):
                made, entries = self.items(line, items)
                return n.Definition(self.single(name), made, self.reference(line), entries, span)
            case (n.Path() as name, n.CaseRows()):
                cases, entries = self.cases(line)
                return n.Definition(self.single(name), cases, self.reference(line), entries, span)
            case (n.Path() as name, value):
                return n.Definition(self.single(name), value, self.reference(line), self.entries(line.children), span)
            case _:
                self.other_than_no_force(lambda: stray.of_no_line(self, line))
                self.below(line)
                return None

    def other_than_no_force(self, says_more: Callable[[], bool]) -> None:
        """What is said last of a line, that no word of it binds, gives way to what says more."""
        if not self.diagnostics or self.diagnostics[-1].code != "CR0105":
            return
        last = self.diagnostics.pop()
        if not says_more():
            self.diagnostics.append(last)

    def numbered(self, line: Line) -> Line:
        """Report the number of an article before a sentence, and go on behind it: it is cited at the end of the line."""
        found = _ARTICLE.match(self.opened.folded, line.start, line.end)
        if found is None or not holds(self.opened, self.opened.folded[found.end() : line.end], FORCES):
            return line
        place = self.span(line.start, found.end())
        number = self.text(found.start(1), found.end(1)) if found[1] else found[2].strip()
        cited = f"〔…… {number}〕" if self.opened.language == "zh" else f"[… {number}]"
        self.report("CR0141", place, Fix(place, ""), found=number, right=cited)
        return evolve(line, start=found.end())

    def clause(self, line: Line, clause: n.Clause, guards: tuple[Any, ...]) -> n.Sentence:
        """A sentence with what stands below it: the items of its list, its exceptions, its keys."""
        span = self.span(line.start, line.end)
        if isinstance(clause.predicate, n.Items):
            items, entries, exceptions = self.listed(line, clause.predicate)
            made = evolve(clause, predicate=items)
            return n.Sentence(made, guards, exceptions, self.reference(line), entries, span)
        exceptions, keyed = self.exceptions(line.children)
        return n.Sentence(clause, guards, exceptions, self.reference(line), self.entries(keyed), span)

    def exceptions(self, children: list[Line]) -> tuple[tuple[n.Except, ...], list[Line]]:
        """The exceptions among deeper lines, and the other lines."""
        found: list[n.Except] = []
        rest: list[Line] = []
        for child in children:
            if not self.begins(child, "EXCEPT"):
                rest.append(child)
                continue
            made = self.line("exception", child.start, child.end)
            if made is not None:
                found.append(evolve(made, citation=self.reference(child)))
                self.nothing_below(child)
        return tuple(found), rest

    def begins(self, line: Line, terminal: str) -> bool:
        """Whether a line begins with a word of a terminal."""
        text = self.opened.folded[line.start : line.end].casefold()
        phrases = (phrase for table in self.opened.tables for phrase in table.keywords.get(terminal, ()))
        return any(text.startswith(phrase) and not goes_on(text, phrase) for phrase in phrases)

    def nothing_below(self, line: Line) -> None:
        """A line under which nothing can stand: what does is reported."""
        for child in line.children:
            self.report("CR0128", self.span(child.start, child.end))

    def items(self, line: Line, head: n.Items) -> tuple[n.Items, tuple[n.Entry, ...]]:
        made, entries, exceptions = self.listed(line, head)
        for one in exceptions:
            if one.span is not None:
                self.report("CR0128", one.span)
        return made, entries

    def listed(self, line: Line, head: n.Items) -> tuple[n.Items, tuple[n.Entry, ...], tuple[n.Except, ...]]:
        """The lines below the head of a list; exceptions and keys at the items' depth belong to the whole list."""
        exceptions, rest = self.exceptions(line.children)
        items: list[n.Item] = []
        entries: list[n.Entry] = []
        for child in rest:
            if self.known_key(child):
                entries.extend(self.entries([child]))
                continue
            end = self.before_joint(child, head) if child is not rest[-1] else child.end
            of = self.line("listed", child.start, self.before_de(child.start, end))
            own, keyed = self.exceptions(child.children)
            if of is not None:
                span = self.span(child.start, child.end)
                items.append(n.Item(of, own, self.reference(child), self.entries(keyed), span))
        if not items and len(entries) + len(exceptions) == len(line.children):
            self.report("CR0129", self.span(line.start, line.end))
        return evolve(head, items=tuple(items)), tuple(entries), exceptions

    def before_de(self, start: int, end: int) -> int:
        """Where an item ends: pasted law closes its items with 的, which is read over."""
        return start + len(self.opened.folded[start:end].rstrip().removesuffix("的"))

    def before_joint(self, item: Line, head: n.Items) -> int:
        """Where an item ends that law joins to the next: `…; and`. A word that contradicts the head is reported."""
        joint = self._joints.search(self.opened.folded, item.start, item.end)
        if joint is None:
            return item.end
        terminal = self.joining[joint["word"].lower()]
        if _JOINED_BY.get(head.word.terminal, terminal) != terminal:
            place = self.span(*joint.span("word"))
            self.report("CR0149", place, Fix(self.span(joint.start(), item.end), ""), word=joint["word"])
        return joint.start()

    @cached_property
    def joining(self) -> dict[str, str]:
        """The words that join items, with their terminals."""
        tables = self.opened.tables
        return {word: kind for table in tables for kind in ("AND", "OR") for word in table.keywords.get(kind, ())}

    @cached_property
    def _joints(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in sorted(self.joining, key=len, reverse=True))
        return re.compile(rf"(?:[ ]*[;,、][ ]*|(?<=[a-z0-9])[ ]+)(?P<word>{words})[ ]*$", re.IGNORECASE)

    def cases(self, line: Line) -> tuple[n.CaseRows, tuple[n.Entry, ...]]:
        """The cases below `NAME means:`."""
        rows: list[n.CaseRow] = []
        entries: list[n.Entry] = []
        if stray.meant_list(self, line):
            return n.CaseRows((), self.span(line.start, line.end)), ()
        for child in line.children:
            if self.known_key(child):
                entries.extend(self.entries([child]))
            elif (row := self.line("case_row", child.start, child.end)) is not None:
                rows.append(row)
                self.nothing_below(child)
        if not rows and len(entries) == len(line.children):
            self.report("CR0129", self.span(line.start, line.end))
        return n.CaseRows(tuple(rows), self.span(line.start, line.end)), tuple(entries)

    def below(self, line: Line) -> None:
        """What stands below a line that was not understood is still looked at: sentences, or else rows of a table."""
        texts = {child.start: self.opened.folded[child.start : child.end] for child in line.children}
        sentences = [child for child in line.children if holds(self.opened, texts[child.start], FORCES)]
        head = self.opened.folded[line.start : line.end]
        if sentences:
            for child in sentences:
                list(self.sentence(child, ()))
        elif holds(self.opened, head, FORCES) or forced_otherwise(self.opened, head) or self.begins(line, "EACH_ONE"):
            self.below_a_list(line)
        elif any(self.begins(child, terminal) for child in line.children for terminal in ("WHEN", "OTHERWISE")):
            self.cases(line)
        elif any(_PARTED.search(text) for text in texts.values()):
            self.rows(line)

    def below_a_list(self, line: Line) -> None:
        """The items, exceptions and keys below the head of a list that was not understood."""
        _, rest = self.exceptions(line.children)
        for child in rest:
            if self.known_key(child):
                self.entries([child])
            elif self.line("listed", child.start, child.end) is not None:
                self.entries(self.exceptions(child.children)[1])

    def single(self, path: n.Path) -> n.Name:
        """A defined name is one phrase; the steps of a path are joined for it."""
        if len(path.steps) == 1:
            return path.steps[0]
        return n.Name(
            "".join(s.text for s in path.steps)
            if not path.steps[0].text.isascii()
            else path.span.text
            if path.span
            else "",
            path.span,
        )

    def rule(self, line: Line, name: n.Name | None, title: n.Quoted | None, guards: tuple[Any, ...]) -> n.Rule | None:
        sentences: list[n.Sentence] = []
        entries: list[n.Entry] = []
        for child in line.children:
            if self.known_key(child):
                entries.extend(self.entries([child]))
            else:
                sentences.extend(self.sentence(child, guards))
        span = self.span(line.start, line.end)
        if not sentences and len(entries) == len(line.children):
            self.report("CR0117", span, *stray.beside_its_name(self, line))
        return n.Rule(name, title, tuple(sentences), self.reference(line), tuple(entries), span) if sentences else None

    def sentence(self, line: Line, guards: tuple[Any, ...]) -> Iterator[n.Sentence]:
        line = self.numbered(line)
        match self.line("statement", line.start, line.end):
            case n.Clause() as clause:
                yield self.clause(line, clause, guards)
            case (guard, n.Clause() as clause):
                yield self.clause(line, clause, (*guards, guard))
            case (guard,):
                keyed = [child for child in line.children if self.known_key(child)]
                entries = self.entries(keyed)
                for child in line.children:
                    for one in self.sentence(child, (*guards, guard)) if child not in keyed else ():
                        own = {
                            entry.key for entry in one.entries
                        }  # what is said of all holds for those that say nothing
                        of_all = (entry for entry in entries if entry.key not in own)
                        yield evolve(one, entries=(*one.entries, *of_all))
            case None:
                self.other_than_no_force(lambda: stray.without_colon(self, line))
            case _:
                self.diagnostics.append(Diagnostic("CR0118", self.span(line.start, line.end)))

    def table(self, line: Line, name: n.Path, given: tuple[n.Path, ...]) -> n.Table:
        rows, entries = self.rows(line)
        return n.Table(self.single(name), given, rows, self.reference(line), entries, self.span(line.start, line.end))

    def rows(self, line: Line) -> tuple[tuple[n.Row, ...], tuple[n.Entry, ...]]:
        rows: list[n.Row] = []
        entries: list[n.Entry] = []
        for child in self.flat(line.children):
            if self.known_key(child):
                entries.extend(self.entries([child]))
            elif (row := self.line("row", child.start, child.end)) is not None:
                keyed = [below for below in child.children if self.known_key(below)]
                rows.append(evolve(row, entries=self.entries(keyed)))
        return tuple(rows), tuple(entries)

    def flat(self, children: list[Line]) -> Iterator[Line]:
        """Rows stand at one level however far each is indented: tabs and spaces look alike."""
        for child in children:
            yield child
            yield from self.flat([below for below in child.children if not self.known_key(below)])

    def example(self, line: Line, begin: int) -> n.Example | None:
        span = self.span(line.start, line.end)
        head = self.opened.folded[begin : line.end].strip(" \t\u3000")
        if head.endswith(":") and name_text(head[:-1].strip()) in self.names:  # 示例 职数标准：
            self.report("CR0119", span)
            return None
        if head and head[0] not in '"“':
            match self.line("statement", begin, line.end):
                case (n.Path() as name, tuple() as given):
                    readings, others = self.readings(line)
                    rows, _ = self.rows(evolve(line, children=others))
                    single = self.single(name)
                    return n.Example(None, name=single, inputs=given, rows=rows, readings=readings, span=span)
                case None:
                    return None
                case _:
                    self.diagnostics.append(Diagnostic("CR0119", span))
                    return None
        _, title = self.titled(begin, line.end)
        given_: list[Any] = []
        expect: list[n.Expected] = []
        entries: tuple[n.Entry, ...] = ()
        readings, others = self.readings(line)
        for child in others:
            opened = self.opener(child)
            if (parts := self.split(child)) is not None and parts[0].startswith("name."):
                entries += self.entries([child])
                continue
            if opened is None or opened[0] not in ("given", "expect"):
                self.diagnostics.append(Diagnostic("CR0119", self.span(child.start, child.end)))
                continue
            begin = self.after_opener(child, opened[1])
            found = self.line("entry" if opened[0] == "given" else "expectations", begin, child.end)
            (given_ if opened[0] == "given" else expect).extend(found or ())
        return n.Example(title, tuple(given_), tuple(expect), entries=entries, readings=readings, span=span)

    def readings(self, line: Line) -> tuple[tuple[n.Chosen, ...], list[Line]]:
        """The readings under which an example is judged, and its other lines."""
        opened = [(child, self.opener(child)) for child in line.children]
        begins = [(child, at[1]) for child, at in opened if at is not None and at[0] == "reading"]
        found = [self.line("chosen", begin, child.end) for child, begin in begins]
        others = [child for child, at in opened if at is None or at[0] != "reading"]
        return tuple(one for one in found if one is not None), others


def _last(line: Line) -> Line | None:
    """The last of the lines that belong to a line; `None` when they are nested too deeply."""
    levels, last = [line], line
    for _ in range(_DEEPEST):
        levels = [child for one in levels for child in one.children]
        last = max([last, *levels], key=lambda one: one.end)
        if not levels:
            return last
    return None


def parse(
    opened: Opened, names: frozenset[str], advised: Mapping[str, str] = MappingProxyType({})
) -> tuple[n.Tree, tuple[Diagnostic, ...]]:
    """The tree of an opened text, given the names it can use. Lines that were not understood are left out of it.

    `advised` are the keys, in small letters, for whose values there is a code that tells how they are written.
    """
    reader = Parser(opened, names, advised=advised)
    statements = tuple(reader.statements())
    return n.Tree(opened.language, statements, tuple(reader.spoilt)), tuple(reader.diagnostics)


def reads_with(opened: Opened, names: frozenset[str], place: Span, text: str) -> bool:
    """Whether the statement at a place can be read with another text there, or no worse than it was."""
    source = opened.source
    changed = Source(source.name, f"{source.text[: place.start]}{text}{source.text[place.end :]}")
    again, _ = open_text(changed, {table.tag: table for table in opened.tables}.get)
    if again is None:
        return False
    return _mistakes_at(again, names, place.start) <= _mistakes_at(opened, names, place.start)


def said_at(opened: Opened, names: frozenset[str], place: Span) -> Diagnostic | None:
    """How the line of a place is written here, where it is a set phrase that has another form."""
    from civicrules.language.said import rephrased  # a sound text needs none of it

    text = opened.source.text
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    line = text[start : end if end >= 0 else len(text)]
    indent = len(line) - len(line.lstrip())
    whole = Span(opened.source, start + indent, start + len(line))
    return rephrased(opened.language, whole, names, lambda at, right: reads_with(opened, names, at, right))


def _mistakes_at(opened: Opened, names: frozenset[str], at: int) -> int:
    """How many lines of the statement at a place are not understood."""
    line = next((line for line in reversed(opened.lines) if line.start <= at), None)
    reader = Parser(opened, names, telling=False)
    if line is not None:
        reader.statement(line)
    return len(reader.diagnostics)
