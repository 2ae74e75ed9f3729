"""What a name that stands for nothing may have meant. Read when there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from civicrules.compiler.scope import ARTICLE, Scope, forms, joined, turned
from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language import nodes as n
from civicrules.language.words import unaskable
from civicrules.program import ChoiceType, DateType, ListType, Names, PeopleType, TextType, TruthType, identifier
from civicrules.source import Span
from civicrules.suggest import closeness, in_figures, is_slip, loses, nearest
from civicrules.values import frozen

_WHOSE = re.compile("^(?:the|an?|each) |^每[一]?[名个位项]?|^(?:全体|所有)", re.IGNORECASE)
_BINDS = re.compile(" (?:must|shall|should|may) ")
# What a sentence ends with that asks something of its subject; a number of days is none.
_ASKED = re.compile(
    "(?: be(?: on)? (?:an? )?|[应须不][当得须]?[是为在])([^ 0-9,，前后内]{2,8}|[a-z]+(?: [a-z]+)?)[ 。.]*(?:[\\[〔].*)?$",
    re.IGNORECASE,
)
_SHARED = re.compile("分之|[%半]")  # what a share is compared with
_AGES = frozenset({"age", "the age", "年龄"})
_BIRTH = re.compile("birth|born|出生", re.IGNORECASE)
# What other notations call yes and no.
_TRUTHS = {"true": "yes", "false": "no", "真": "是", "假": "否"}
_MOST_UNITS = 6  # units that are named to whoever wrote one that there is not
_NEXT_WORD = re.compile("[ \t]+([A-Za-z]+)")
# How people say `each` otherwise, and of whom.
_EVERY = re.compile(
    "(?:every|any|all(?: the)?) (.+)|(?:任何|任一|各位|各名|各个|各|所有的?|全体|全部)(.+)", re.IGNORECASE
)


def _holds(text: str, name: str) -> bool:
    """Whether a name is a whole word of a text, or a part of a Chinese one."""
    return bool(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)) if name.isascii() else name in text


@frozen
class Unknown:
    """Looks, in one text, for what is near to a name that it does not know."""

    scope: Scope

    def unit(self, name: n.Name) -> None:
        """Report a word that is no unit, with what may have been meant."""
        if self.is_broken(name):
            return
        if self.scope.otherwise(name.span):
            return
        words = [word for unit in self.scope.vocabulary.units for forms_ in unit.words.values() for word in forms_]
        suggestions = nearest(name.text, words)
        if not self.report_swallowed(name, [*words, *self.every_name()], suggestions):
            self.not_a_unit(name, suggestions, words)

    def not_a_unit(self, name: n.Name, suggestions: Sequence[str], words: Iterable[str]) -> None:
        """Report a word that is no unit: the first one of several (`yeras ago`) where that is nearly a unit."""
        first = name.text.split(" ")[0]
        near = nearest(first, words) if not suggestions and first != name.text else ()
        if near and name.span is not None:
            place = Span(name.span.source, name.span.start, name.span.start + len(first))
            self.scope.report("CR0206", place, name=first, suggestions=near)
        else:
            known = dict.fromkeys(self.scope.unit_words(one.id, 2) for one in self.scope.vocabulary.units)
            data = {} if suggestions or not known else {"known": tuple(known)[:_MOST_UNITS]}
            self.scope.report("CR0206", name.span, name=name.text, suggestions=tuple(suggestions), **data)

    def every_name(self) -> Iterable[str]:
        """All names that could stand where a value is wanted, in every language."""
        for entity in self.scope.vocabulary.entities:
            yield from (form for _, form in entity.names.forms)
            for item in entity.fields:
                yield from (form for names in (item.names, item.negative) for _, form in names.forms)
        for entry in self.scope.vocabulary.lists:
            yield from (form for names in (entry.names, entry.singular) for _, form in names.forms)
        for named in self.scope.named.values():
            yield from (form for _, form in named.names.forms)
        for local in self.scope.locals.values():
            yield from (form for _, form in local.names.forms)

    def name(self, path: n.Path, extra: Iterable[str] = (), code: str = "CR0201", **data: object) -> None:
        """Report a name that stands for nothing, with what may have been meant."""
        extra = tuple(extra)
        step = next((s for s in path.steps if not self.scope.is_known(s)), path.steps[-1])
        if self.is_broken(step) or self.is_broken(n.Name(" ".join(s.text for s in path.steps))):
            return
        if self.asks_beyond(step):
            return
        if self.scope.otherwise(step.span):
            return
        if code == "CR0201" and ((not extra and self.of_nobody(path)) or self.every(step) or self.one_alone(step)):
            return
        if self.not_before(step):
            return
        bare = ARTICLE.sub("", step.text)
        if bare != step.text and (self.scope.is_known(n.Name(bare)) or bare in extra):
            rest = step.span.source.text[step.span.end :].partition("\n")[0] if step.span is not None else ""
            each = identifier(bare) in self.scope.singulars and _BINDS.match(rest)  # a candidate must …
            self.scope.report(code, step.span, name=step.text, suggestions=(f"each {bare}" if each else bare,), **data)
            return
        if self.some_of_a_list(step):
            return
        entity = self.scope.frames[-1].entity if self.scope.frames and code == "CR0201" else None
        so = "" if entity is None else self.told_by(entity, step.text)
        if so:  # 候选人中，女性的人数
            self.scope.report(code, step.span, name=step.text, suggestions=(so,), **data)
            return
        figures = in_figures(step.text)
        if figures is not None:
            self.scope.report("CR0219", step.span, found=step.text, suggestions=(figures,))
            return
        truth = _TRUTHS.get(step.text.casefold())
        if truth is not None:
            self.scope.report(code, step.span, name=step.text, suggestions=(truth,), **data)
            return
        if self.cannot_ask(step):
            return
        if step.text.casefold() in _AGES:
            self.scope.report(code, step.span, name=step.text, born=self.born(), **data)
            return
        whole = self.put_together(step) or self.counted_in(step.text)
        if whole:
            self.scope.report(code, step.span, name=step.text, suggestions=(whole,), **data)
            return
        known = [*dict.fromkeys([*extra, *self.every_name()])]
        near = self.near(step, extra, known)
        suggestions = tuple(one for one in near if not loses(step.text, one, self.scope.fillers))[:3]
        if near and not suggestions:
            data |= {"part": near[0], "lost": loses(step.text, near[0], self.scope.fillers)}
        elif not near and (held := self.held_in(entity, step.text)):
            data |= {"part": held, "lost": " ".join(step.text.replace(held, " ").split())}
        among = "choices" in data and bool(suggestions) and not self.near_keyword(step, extra)
        if among or not self.report_swallowed(step, known, suggestions):
            self.scope.report(code, step.span, name=step.text, suggestions=suggestions, **data)

    def born(self) -> Names:
        """The day of birth that an age would be counted from, as the vocabulary calls it."""
        days = (
            item.names
            for entity in self.scope.vocabulary.entities
            for item in entity.fields
            if isinstance(item.type, DateType) and any(_BIRTH.search(form) for _, form in item.names.forms)
        )
        return next(days, Names.of(en="birth date", zh="出生日期"))

    def is_broken(self, name: n.Name) -> bool:
        """Whether what would have declared a name was not understood: that is said there, and not wherever it is used."""
        bare = _WHOSE.sub("", name.text)
        return self.scope.is_spoilt_name(name.text) or self.scope.is_unsound_group(bare) or self.scope.is_broken(bare)

    def in_words(self, path: n.Path) -> bool:
        """Report a number in words that a name begins with: `eighteen years old`; whether there is one."""
        step = path.steps[-1]
        first = step.text.partition(" ")[0]
        figures = in_figures(first)
        if figures is None or step.span is None:
            return False
        place = Span(step.span.source, step.span.start, step.span.start + len(first))
        self.scope.report("CR0219", place, found=first, suggestions=(figures,))
        return True

    def near(self, step: n.Name, extra: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
        """The known names near to one that is not known; none where it may be denied."""
        found = dict.fromkeys((*nearest(step.text, extra), *nearest(step.text, known)))
        if identifier(step.text) in self.scope.units:  # voters: people, and no slip for *votes*
            return ()
        denied = any(closeness(step.text[a:b].strip(), "not") >= 70 for one in found for a, b in _rest(step.text, one))
        other = (one for one in found if identifier(one) != identifier(step.text))
        return () if denied else tuple(one for one in other if not self.leaves_out(step.text, one))

    def cannot_ask(self, step: n.Name) -> bool:
        """Report a name that speaks of what no sentence can ask (*an odd number*, 星期日); whether it does."""
        code = unaskable(step.text, self.scope.beyond)
        if code is not None:
            self.scope.report(code, step.span, found=step.text)
        return code is not None

    def asks_beyond(self, step: n.Name) -> bool:
        """Report a line that asks of an unknown name what no sentence can ask: 投票日应当为星期日; whether it is so."""
        if step.span is None:
            return False
        rest = step.span.source.text[step.span.end :].partition("\n")[0]
        asked = _ASKED.search(rest)
        code = unaskable(asked[1], self.scope.beyond) if asked else None
        if asked is None or code is None:
            return False
        at = step.span.end + asked.start(1)
        self.scope.report(code, Span(step.span.source, at, at + len(asked[1])), found=asked[1])
        return True

    def put_together(self, step: n.Name) -> str:
        """The fact that a name means which runs on from whose it is: 候选人年龄 is 候选人的年龄. Else nothing."""
        for owner in (*self.scope.singulars, *self.scope.entities):
            for begin, end in _rest(step.text, owner.replace("_", " ")):
                fact = step.text[begin:end] if begin else ""
                if fact and identifier(fact) in (*self.scope.fields, *self.scope.members):
                    joined_by = "'s " if owner.isascii() else "的"
                    return f"{step.text[:begin].strip()}{joined_by}{fact}"
        return ""

    def some_of_a_list(self, step: n.Name) -> bool:
        """Report 候选人中女性 or 女性候选人: by which fact they are told, and that they are counted; whether it is so."""
        entry, who, what = next(self._some(step.text), (None, "", ""))
        if entry is None or step.span is None:
            return False
        line = step.span.source.text
        if line[: step.span.start].endswith(("为", "是")):  # 不得为居民选举委员会成员: of one person, and no count
            self.scope.report("CR0201", step.span, name=step.text, suggestions=(entry.singular.text("zh"),))
            return True
        rest = line[step.span.end :].partition("\n")[0]
        counted = "的比例" if _SHARED.search(rest) else "的人数"
        what = re.sub("的?(?:人数|比例|数量)$", "", what)
        told = self.told_by(entry.entity, what)
        so = f"{told or f'……为{what}'}{'' if rest.startswith(('的人数', '的比例', '的数量')) else counted}"
        right = f"{who}中，{so}"
        fixes = (Fix(step.span, right),) if told else ()
        self.scope.diagnostics.append(Diagnostic("CR0134", step.span, {"right": right}, fixes=fixes))
        return True

    def _some(self, text: str) -> Iterator[tuple[ListType, str, str]]:
        """A list that a name tells some members of, how it is called there, and what tells them: 候选人中女性, 女性候选人."""
        for cut in range(1, len(text)):
            before, after = text[:cut], text[cut:]
            if after[0] == "中" and len(after) > 1 and (entry := self.scope.lists.get(before)):
                yield entry, before, after[1:]
            entry = self.scope.lists.get(after) or self.scope.singulars.get(after)
            if entry is not None and self.told_by(entry.entity, before.removesuffix("的")):
                yield entry, entry.names.text("zh"), before.removesuffix("的")

    def told_by(self, entity: str, what: str) -> str:
        """By which choice people are told from the others: 性别为女 of 女性; empty where none is meant."""
        fact, choice = self.choice_of(entity, what) or ("", "")
        verb = "为" if self.scope.language == "zh" else " is "
        return f"{fact}{verb}{choice}" if fact else ""

    def choice_of(self, entity: str, what: str) -> tuple[str, str] | None:
        """The one fact of members that has a choice of this name, and the choice; `None` where none or several have."""
        bare = ARTICLE.sub("", what)
        meant = {identifier(bare), identifier(bare.removesuffix("性").removeprefix("妇"))}
        language = self.scope.language
        found = [
            (item.names.text(language), choice.names.text(language))
            for item in self.scope.vocabulary.entity(entity).fields
            if isinstance(item.type, ChoiceType)
            for choice in item.type.choices
            if meant & forms(choice.names)
        ]
        return found[0] if len(found) == 1 else None

    def of_member(self, entity: str, path: n.Path, subject: Span | None) -> None:
        """Report what a member is said to be: it can be on a list, be somebody, or have a fact that is yes or no."""
        if self.is_choice(entity, path, subject):
            return
        before = len(self.scope.diagnostics)
        self.scope.unknown(path)
        fields = self.scope.vocabulary.entity(entity).fields
        other = set().union(
            *(forms(item.names) for item in fields if not isinstance(item.type, TruthType | TextType | PeopleType))
        )
        self.scope.diagnostics[before:] = [_without(one, other) for one in self.scope.diagnostics[before:]]

    def is_choice(self, entity: str, path: n.Path, subject: Span | None) -> bool:
        """Report `each candidate must be Filipino`: whose choice of which fact is meant; whether it is one."""
        found = self.choice_of(entity, path.steps[0].text) if len(path.steps) == 1 else None
        if found is None or subject is None or path.span is None:
            return False
        place = Span(subject.source, subject.start, path.span.end)
        whose = f"的{found[0]}" if self.scope.language == "zh" else f"'s {found[0]}"
        between = Span(subject.source, subject.end, path.span.start).text
        right = f"{subject.text}{whose}{between}{found[1]}"
        self.scope.diagnostics.append(Diagnostic("CR0154", place, {"right": right}, fixes=(Fix(place, right),)))
        return True

    def counted_in(self, text: str) -> str:
        """The number that `4 people in seats` means: it has its unit itself. Else nothing."""
        unit, _, number = text.partition(" in ")
        return number if identifier(unit) in self.scope.units and number and self.scope.is_known(n.Name(number)) else ""

    def held_in(self, entity: str | None, text: str) -> str:
        """The yes/no fact of an entity whose name stands in a text: `citizen` in `a citizen of Nepal`."""
        if entity is None:
            return ""
        forms_ = (
            form
            for one in self.scope.vocabulary.entity(entity).fields
            if isinstance(one.type, TruthType)
            for _, form in one.names.forms
        )
        return next((form for form in forms_ if _holds(text, form)), "")

    def leaves_out(self, text: str, suggestion: str) -> bool:
        """Whether a suggestion is a part of a text whose other part is a known name too."""
        others = [text[begin:end].strip() for begin, end in _rest(text, suggestion)]
        return any(self.scope.is_known(n.Name(one)) for one in others)

    def near_keyword(self, step: n.Name, known: Iterable[str]) -> bool:
        """Whether a name is a known one and a word that is all but a keyword: `atleast senior high`."""
        found = self.swallowed(step, known)
        return found is not None and closeness(step.text[found[0] : found[1]], found[2]) >= 90

    def of_nobody(self, path: n.Path) -> bool:
        """Report a fact of members of lists that is named where no member is at hand; whether it is one."""
        ways = turned(path.steps[0].text) if len(path.steps) == 1 else ()
        if any(self.of_nobody(n.Path((n.Name(owner), n.Name(fact)), path.span)) for fact, owner in ways):
            return True
        *outer, last = path.steps
        wanted = identifier(last.text)
        found: dict[str, Names] = {}
        for entity in self.scope.vocabulary.entities:
            for names in (names for item in entity.fields for names in (item.names, item.negative)):
                if wanted in forms(names):
                    found.setdefault(entity.id, names)
        lists = [entry for entry in self.scope.vocabulary.lists if entry.entity in found]
        said = (
            {joined(n.Path(tuple(outer), None))} if outer else set().union(*(forms(f.names) for f in self.scope.frames))
        )
        if said:  # of a list that has no such fact, those that are called nearly so come first
            own = [entry for entry in lists if said & (forms(entry.names) | forms(entry.singular))]
            alike = [entry for entry in lists if _contained(said, forms(entry.names) | forms(entry.singular))]
            lists = own or [*alike, *(entry for entry in lists if entry not in alike)]
            lists = lists if own or alike or not outer else []
        if not lists:
            return False
        if last.implied and path.span is None:  # 候选人应当年满18周岁: nothing but `each` is missing
            return self.one_alone(path.steps[0])
        self.whose(path.span, found[lists[0].entity], lists)
        return True

    def whose(self, span: Span | None, names: Names, lists: Sequence[ListType]) -> None:
        """Report what each member of some lists has, named without saying whose."""
        options = tuple(_possessed(self.scope.each_one(entry), names) for entry in lists[:3])
        all_of = lists[0].names
        counts = Names.of(en=f"number of {all_of.text('en')} where …", zh=f"{all_of.text('zh')}中，……的人数")
        suggestions = (options[0].text(self.scope.language),) if len(lists) == 1 else ()
        whose = self.scope.vocabulary.entity(lists[0].entity).names
        self.scope.report(
            "CR0226", span, name=names, whose=whose, options=options, counts=counts, suggestions=suggestions
        )

    def every(self, step: n.Name) -> bool:
        """Report `every candidate`, 所有候选人: another word for `each`; whether it is one."""
        match = _EVERY.fullmatch(step.text)
        rest = identifier(match[1] or match[2]) if match else ""
        entry = self.scope.singulars.get(rest) or self.scope.lists.get(rest)
        if entry is None or step.span is None:
            return False
        right = self.scope.each_one(entry).text(self.scope.language)
        self.scope.report("CR0103", step.span, found=step.text, suggestions=(right,))
        return True

    def not_before(self, step: n.Name) -> bool:
        """Report `candidates not must`: the word that negates stands before the one that binds; whether it does."""
        if step.span is None or not step.text.casefold().endswith(" not"):
            return False
        following = _NEXT_WORD.match(step.span.source.text, step.span.end)
        if following is None or following[1].casefold() not in ("must", "shall", "should"):
            return False
        place = Span(step.span.source, step.span.end - 3, following.end())
        self.scope.report("CR0103", place, found=place.text, suggestions=(f"{following[1].casefold()} not",))
        return True

    def one_alone(self, step: n.Name) -> bool:
        """Report one member of a list that is named without `each`; whether it is one."""
        entry = self.scope.member_called(step)
        if entry is None or step.span is None:
            return False
        if self.scope.otherwise(step.span):
            return True
        each = self.scope.each_one(entry)
        right, count = (each.text(self.scope.language),), self.scope.counted(entry.names, each)
        self.scope.report("CR0203", step.span, name=entry.names, each=each, count=count, suggestions=right)
        return True

    def report_swallowed(self, name: n.Name, known: Iterable[str], suggestions: Sequence[str] = ()) -> bool:
        """Report the misspelt keyword that an unknown name holds; whether there is one."""
        found = self.swallowed(name, known) or self.keyword(name, suggestions)
        if found is None or name.span is None:
            return False
        begin, end, word = found
        place = Span(name.span.source, name.span.start + begin, name.span.start + end)
        if not self.scope.reads(place, word):
            return False
        near = closeness(place.text, word)
        equal = [one for one in nearest(place.text, self.scope.keywords) if closeness(place.text, one) >= near]
        if (
            len(equal) > 1 and not word.isascii()
        ):  # 不底于 may be 不低于 or 不高于: which is meant, only the author knows
            self.scope.diagnostics.append(
                Diagnostic("CR0103", place, {"found": place.text, "suggestions": tuple(equal)})
            )
        else:
            self.scope.report("CR0103", place, found=place.text, suggestions=(word,))
        return True

    def keyword(self, step: n.Name, suggestions: Sequence[str]) -> tuple[int, int, str] | None:
        """A keyword that is nearer to an unknown name than any known one."""
        cut = {word for word in self.scope.keywords if word.endswith(step.text) and not word.isascii()}
        if len(cut) == 1 and len(step.text) > 1:  # 舍去 for 尾数舍去
            return 0, len(step.text), cut.pop()
        words = nearest(step.text, self.scope.keywords, 1)
        if not words or not is_slip(step.text, words[0]):
            return None
        best = max((closeness(step.text, name) for name in suggestions), default=0)
        near = closeness(step.text, words[0])
        return (0, len(step.text), words[0]) if near > max(best, 70) else None

    def swallowed(self, step: n.Name, known: Iterable[str]) -> tuple[int, int, str] | None:
        """A misspelt keyword beside a known name inside an unknown one: where it stands and the keyword."""
        text = step.text
        starts = (m.start() for m in re.finditer(r"(?<= )\w|[\u4e00-\u9fff]", text))
        known = [*known, *(text[at:] for at in starts if at and self.scope.is_spoilt_name(text[at:]))]
        best: tuple[int, int, int, str] | None = None
        for name in known:
            for begin, end in _rest(text, name):
                piece = text[begin:end]
                if (len(piece) < 2 and piece.isascii()) or in_figures(piece) is not None:  # `two women`: not `to women`
                    continue
                for word in nearest(piece, self.scope.keywords, 1):
                    if word == piece.casefold():  # it is spelt well, and stands in a wrong place
                        continue
                    if (
                        not is_slip(piece, word)
                        or not closeness(piece, word)
                        or (len(piece) == 1 and not word.startswith(piece))
                    ):
                        continue
                    score = 100 * len(name) // len(text) + 100 * (piece[0] == word[0])
                    if best is None or score > best[0]:
                        best = (score, begin, end, word)
        return None if best is None else best[1:]


def _without(found: Diagnostic, names: set[str]) -> Diagnostic:
    """A diagnostic that offers none of some names, since they cannot stand there."""
    offered = found.data.get("suggestions", ())
    if found.code != "CR0201" or not isinstance(offered, tuple) or not names & {identifier(one) for one in offered}:
        return found
    kept = tuple(one for one in offered if identifier(one) not in names)
    fixes = tuple(fix for fix in found.fixes if identifier(fix.replacement) not in names)
    return evolve(found, data={**found.data, "suggestions": kept}, fixes=fixes)


def _possessed(owner: Names, fact: Names) -> Names:
    return Names.of(en=f"{owner.text('en')}'s {fact.text('en')}", zh=f"{owner.text('zh')}的{fact.text('zh')}")


def _contained(said: set[str], in_any: set[str]) -> bool:
    return any(one in form for one in said for form in in_any)


def _rest(text: str, name: str) -> Iterable[tuple[int, int]]:
    """What is left of a text before or after a name it begins or ends with."""
    folded, name = text.casefold(), name.casefold()
    latin = name.isascii()
    if len(name) >= len(text):
        return
    if folded.startswith(name) and (not latin or text[len(name)] == " "):
        yield len(name) + (text[len(name)] == " "), len(text)
    if folded.endswith(name) and (not latin or text[-len(name) - 1] == " "):
        yield 0, len(text) - len(name) - (text[-len(name) - 1] == " ")
