"""The findings by article: under each article its sentences, each with its verdict and the numbers under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from attrs import evolve

from civicrules.findings import Finding, Report, Verdict
from civicrules.program import Citation, Force
from civicrules.report import members
from civicrules.report.findings import measured, mending
from civicrules.report.grouping import Judged, by_sentence, under_heads
from civicrules.report.html.blocks import Block, blocks
from civicrules.report.layout import Line
from civicrules.report.view import View
from civicrules.values import frozen

# What a sentence came to, in the order of how much it asks of the reader, with the sign that stands before it.
SIGNS = {
    "fails": "✗",
    "open": "?",
    "departs": "!",
    "waived": "!",
    "unmet": "·",
    "met": "✓",
    "used": "✓",
    "unused": "·",
    "permitted": "·",
    "wished": "·",
    "holds": "✓",
    "idle": "–",
}
_OPEN = frozenset({"open", "permitted", "wished"})


@frozen
class Statement:
    """A sentence with what it came to (a key of `SIGNS`) and what stands under it."""

    kind: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def sign(self) -> str:
        return SIGNS[self.kind]


@frozen
class Group:
    """Sentences that stand together: under a `head` that they share, or one alone."""

    head: str
    statements: tuple[Statement, ...]


@frozen
class Article:
    """An article with its sentences. `above` is the title of the ruleset it comes from where that is a higher one; `idle`
    says how many more of its sentences do not apply to the plan."""

    anchor: str
    title: str
    section: str
    above: str
    groups: tuple[Group, ...]
    idle: str

    def has(self, kind: str) -> bool:
        """Whether a sentence of it came to this."""
        return any(one.kind == kind for group in self.groups for one in group.statements)


def articles(report: Report, view: View) -> tuple[Article, ...]:
    """All findings of a report, by article in the order in which the ruleset first cites them."""
    found: dict[object, list[Judged]] = {}
    for one in by_sentence(report.findings):
        found.setdefault((one.rule.ruleset, one.article.source, one.article.article.forms), []).append(one)
    return tuple(_article(f"a{at}", judged, view) for at, judged in enumerate(found.values(), 1))


def only(article: Article, kinds: Collection[str]) -> Article | None:
    """An article with those of its sentences that came to one of some kinds; nothing where none did."""
    kept = ((one.head, tuple(each for each in one.statements if each.kind in kinds)) for one in article.groups)
    groups = tuple(Group(head, statements) for head, statements in kept if statements)
    return evolve(article, groups=groups, idle="") if groups else None


def _article(anchor: str, judged: list[Judged], view: View) -> Article:
    rule = judged[0].rule
    sections = dict.fromkeys(view.name(one.rule.section) for one in judged)
    shown = [one for one in judged if view.verbose or one.verdict is not Verdict.DOES_NOT_APPLY]
    groups = _said_once(
        Group(view.clean(part.head), tuple(_statement(one, text, view) for text, one in part.items))
        for part in under_heads(shown, view.language)
    )
    rest = len(judged) - len(shown)
    idle = view.word("does not apply.number", n=rest) if rest else ""
    above = view.above.get(rule.ruleset)
    section = view.listed([one for one in sections if one])
    title = called(judged[0].article, view) or section or view.word("html.no article")
    return Article(anchor, title, "" if section == title else section, view.name(above) if above else "", groups, idle)


def _said_once(groups: Iterable[Group]) -> tuple[Group, ...]:
    """What neighbouring sentences wait for stands under the last of them, where it is the same for all."""
    kept: list[Group] = []
    after: tuple[Block, ...] = ()
    for group in reversed(tuple(groups)):
        statements: list[Statement] = []
        for one in reversed(group.statements):
            is_said = one.kind == "open" and one.blocks == after
            after = one.blocks if one.kind == "open" else ()
            statements.append(evolve(one, blocks=()) if is_said else one)
        kept.append(Group(group.head, tuple(reversed(statements))))
    return tuple(reversed(kept))


def called(of: Citation, view: View) -> str:
    """An article as it is cited, without brackets."""
    return view.name(of.article) or view.clean(of.source)


def _statement(of: Judged, text: str, view: View) -> Statement:
    kind = kind_of(of, view)
    return Statement(kind, view.clean(text), blocks(_under(of, kind, view)))


def kind_of(of: Judged, view: View) -> str:
    """What a sentence came to: by its verdict, and by how binding it is."""
    match of.force, of.verdict:
        case _, Verdict.DOES_NOT_APPLY:
            return "idle"
        case Force.MAY, Verdict.CANNOT_SAY:
            return "permitted"
        case Force.ENCOURAGED, Verdict.CANNOT_SAY:
            return "wished"
        case _, Verdict.CANNOT_SAY:
            return "open"
        case Force.MAY, _:
            return "used" if any(one.used for one in of.findings) else "unused"
        case Force.ENCOURAGED, verdict:
            return "met" if verdict is Verdict.HOLDS else "unmet"
        case Force.SHOULD, Verdict.FAILS if not view.strict:
            return "departs"
        case _, Verdict.FAILS:
            return "fails"
        case _:
            return "waived" if of.waived else "holds"


def _under(of: Judged, kind: str, view: View) -> Iterable[Line]:
    """The lines under a sentence."""
    if of.by_member:
        return _under_members(of, kind, view)
    finding = of.findings[0]
    return (*measured(finding, view), *mending(finding, view))


def _under_members(of: Judged, kind: str, view: View) -> Iterable[Line]:
    """Those whom a sentence on members of a list fails for, what is missing for others, and for how many it holds."""
    wanted = members.wanted((of,), view) if of.of(Verdict.CANNOT_SAY) else []
    shown = _shown(of, kind, view)
    if shown:
        return (*members.under(of, shown, view), *wanted)
    if kind in _OPEN:
        return (*wanted, *members.tally(of, view))
    return (*members.tally(of, view), *wanted, *members.readings(of.findings, view))


def _shown(of: Judged, kind: str, view: View) -> tuple[Finding, ...]:
    """The members that are listed with their numbers."""
    match kind:
        case "fails" | "departs":
            return of.failing
        case "waived":
            return of.waived
        case "used":
            return tuple(one for one in of.findings if one.used)
        case _:
            return of.of(of.verdict) if view.verbose and kind not in _OPEN else ()
