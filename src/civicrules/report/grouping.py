"""What belongs together in a report: the findings of one sentence, and the items of one list under its head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from civicrules.findings import Finding, Subject, Verdict
from civicrules.program import Citation, Force, Rule, Sentence
from civicrules.source import Place
from civicrules.values import frozen

_COLONS = (": ", "：")


@frozen(eq=False)
class Judged:
    """A sentence with all its findings: one, or one for each member of a list it speaks of.

    Of a list that is not given in full, one of the findings speaks of the members that are not there.
    """

    findings: tuple[Finding, ...]

    @property
    def rule(self) -> Rule:
        return self.findings[0].rule

    @property
    def sentence(self) -> Sentence:
        return self.findings[0].sentence

    @property
    def force(self) -> Force:
        return self.findings[0].force

    @property
    def article(self) -> Citation:
        return self.findings[0].article

    @property
    def by_member(self) -> bool:
        """Whether it is judged for each member of a list."""
        return self.sentence.each is not None or any(one.subject is not None for one in self.findings)

    @property
    def failing(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.decisive)

    @property
    def waived(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.waived is not None and one.verdict is Verdict.FAILS)

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Its findings of a verdict; waived failures are not among those that fail."""
        return self.failing if verdict is Verdict.FAILS else tuple(f for f in self.findings if f.verdict is verdict)

    @property
    def verdict(self) -> Verdict:
        """The first verdict that one of the findings has; a waived failure counts as if it held."""
        if self.failing:
            return Verdict.FAILS
        if self.of(Verdict.CANNOT_SAY):
            return Verdict.CANNOT_SAY
        return Verdict.HOLDS if self.waived or self.of(Verdict.HOLDS) else Verdict.DOES_NOT_APPLY


def by_sentence(findings: Iterable[Finding]) -> tuple[Judged, ...]:
    """The findings of each sentence, which stand one after the other."""
    return tuple(Judged(tuple(group)) for _, group in groupby(findings, key=lambda one: id(one.sentence)))


@frozen
class Part:
    """Sentences printed together: items under the `head` they share, or a sentence alone, without a head."""

    head: str
    items: tuple[tuple[str, Judged], ...]


def under_heads(judged: Iterable[Judged], language: str) -> Iterator[Part]:
    """Sentences in their order; neighbours that begin with the same words before a colon stand under these."""
    for _, group in groupby(judged, key=lambda one: _shared(one, language)):
        items = tuple(group)
        if len(items) == 1:
            yield Part("", ((items[0].sentence.texts.text(language), items[0]),))
            continue
        split = [split_at_head(one.sentence.texts.text(language)) for one in items]
        yield Part(split[0][0], tuple((text, one) for (_, text), one in zip(split, items, strict=True)))


def _shared(of: Judged, language: str) -> object:
    head, _ = split_at_head(of.sentence.texts.text(language))
    return (of.rule.id, of.force, of.article, head) if head else id(of)


def split_at_head(text: str) -> tuple[str, str]:
    """The words up to the last colon, and those after it."""
    ends = [(at + len(colon), colon) for colon in _COLONS if (at := text.rfind(colon)) >= 0]
    if not ends:
        return "", text
    end, _ = max(ends)
    return text[:end].rstrip(), text[end:].lstrip()


def item_text(finding: Finding, language: str) -> str:
    """What is said of one member, short: the item of a list without the head, else the sentence."""
    return split_at_head(finding.sentence.texts.text(language))[1]


def who(subject: Subject) -> object:
    """What tells a member from others: its place, since one member can stand in several lists."""
    return subject.place or (subject.list, subject.index)


def members(findings: Iterable[Finding]) -> tuple[Subject, ...]:
    """The members that findings speak of, each once, in order."""
    return tuple({who(one.subject): one.subject for one in findings if one.subject is not None}.values())


def labels(findings: Iterable[Finding]) -> dict[Place, str]:
    """The names of members that may be printed, by their place."""
    return {one.place: one.label for one in members(findings) if one.place is not None and one.label}
