"""The ballot account and the votes of each box, where a plan gives numbers in parts; figures that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from civicrules import tally
from civicrules.ballots import RowAccount
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.evaluation.requests import Bound
from civicrules.facts import Facts, Part
from civicrules.program import Names
from civicrules.suggest import nearest
from civicrules.tally.account import residual
from civicrules.tally.contradictions import contradictions
from civicrules.tally.faults import complaint
from civicrules.tally.words import FIGURES

_PARTS = ("valid", "invalid", "blank")
_VOTES, _BALLOTS = Names.of(en="votes", zh="得票数"), Names.of(en="ballots", zh="票数")


@frozen
class Box:
    """What a plan says of one box: figures of the account by name, and votes by post and candidate."""

    name: str
    figures: Mapping[str, Part] = field(hash=False)
    votes: Mapping[tuple[str, str], Part] = field(hash=False)

    @property
    def account(self) -> tally.BallotAccount:
        return tally.BallotAccount(**{figure: _whole(part) for figure, part in self.figures.items()})

    def contest(self, whole: tally.Contest) -> tally.Contest:
        """The contest as if this were its only box."""
        posts = [
            evolve(post, candidates=[evolve(one, votes=self.number(post.id, one.id)) for one in post.candidates])
            for post in whole.posts
        ]
        return tally.Contest(posts, self.account)

    def number(self, post: str, candidate: str) -> int | None:
        part = self.votes.get((post, candidate))
        return None if part is None else _whole(part)

    def places(self, key: str) -> tuple[Part, ...]:
        """What stands in the file for a figure (`ballots/returned`, `votes/chair/Lin`, `marks/chair`)."""
        kind, _, rest = key.partition("/")
        if kind == "ballots":
            return (self.figures[rest],) if rest in self.figures else ()
        return tuple(part for (post, one), part in self.votes.items() if rest in (post, f"{post}/{one}"))


def boxes(facts: Facts, figures: Mapping[str, str], votes: Mapping[tuple[str, str], str]) -> tuple[Box, ...]:
    """The boxes of a plan. `figures` and `votes` say under which keys of the facts the numbers stand."""
    found: dict[str, Box] = {}
    for figure, key in figures.items():
        for part in facts.parts.get(key, ()):
            box = found.setdefault(_folded(part.name), Box(part.name, {}, {}))
            found[_folded(part.name)] = evolve(box, figures={**box.figures, figure: part})
    given: dict[str, dict[tuple[str, str], Part]] = {}
    for candidate, key in votes.items():
        for part in facts.parts.get(key, ()):
            found.setdefault(_folded(part.name), Box(part.name, {}, {}))
            given.setdefault(_folded(part.name), {})[candidate] = part
    return tuple(evolve(box, votes=given.get(name, {})) for name, box in found.items())


def _folded(name: str) -> str:
    return "".join(name.casefold().split())


def _whole(part: Part) -> int | None:
    return part.number if isinstance(part.number, int) else None


def with_boxes(bound: Bound, counted: tally.Contest) -> Bound:
    """A contest without the figures that those of a box make impossible, and what is to be said of its boxes.

    `counted` is the contest as its method has it: how many votes a ballot may give.
    """
    request, told = bound.request, list(bound.diagnostics)
    if isinstance(request, tally.Contest):
        request, more = _checked(request, counted, bound.boxes)
        told.extend(evolve(one, data={k: _named(v, bound.names) for k, v in one.data.items()}) for one in more)
    return evolve(bound, request=request, diagnostics=tuple(told))


def _checked(
    request: tally.Contest, counted: tally.Contest, found: Sequence[tuple[Box, ...]]
) -> tuple[tally.Contest, tuple[Diagnostic, ...]]:
    wrong, told = checked(counted, found[0])
    known, after = without(request, wrong) if wrong else request, request.follow_up
    if after is None or len(found) < 2:
        return known, told
    contest, more = _checked(after.contest, after.contest, found[1:])
    return evolve(known, follow_up=evolve(after, contest=contest)), (*told, *more)


def _named(value: object, names: Mapping[str, Names]) -> object:
    return names.get(value, value) if isinstance(value, str) else value


def checked(whole: tally.Contest, found: tuple[Box, ...]) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The figures of a contest that cannot be right because those of a box cannot (named as contradictions name them),
    and everything that is to be said of the boxes.
    """
    wrong: dict[str, None] = {}
    told: list[Diagnostic] = []
    for box in found:
        for key, step in contradictions(box.contest(whole)):
            place = next((part.place for part in box.places(key)), None)
            wrong[key] = None
            told.append(Diagnostic(complaint(step.kind), place, {**step.data, "box": box.name}))
        told.extend(_account(box))
    told.extend(_strangers(found))
    if found:
        names = tuple(box.name for box in found)
        told.append(Diagnostic("CR0725", None, {"number": len(names), "boxes": names}, Severity.ADVICE))
    return tuple(wrong), tuple(told)


def papers_differ(found: tuple[Box, ...], read: RowAccount) -> Iterator[Diagnostic]:
    """Boxes whose papers, as they were read, are not as many as the plan says were returned in them.

    A file of papers that names none of the plan's boxes is not compared: it may tell boxes apart in another way.
    """
    papers = {_folded(box.box): box.papers for box in read.boxes}
    returned = {_folded(box.name): (box.name, part) for box in found if (part := box.figures.get("returned"))}
    if papers.keys().isdisjoint(returned):
        return
    for id, (name, part) in returned.items():
        if papers.get(id, 0) != part.number:
            data = {"box": name, "papers": papers.get(id, 0), "returned": part.number}
            yield Diagnostic("CR0727", part.place, data, Severity.WARNING)


def heads_differ(contest: tally.Contest, read: RowAccount) -> Iterator[Diagnostic]:
    """Files of papers that say of the election itself otherwise than the plan: who withdrew, how many seats there are.

    Papers pass on from whoever withdrew, so that neither is a mere remark. The plan may know of more who withdrew.
    """
    standing = {one.id for post in contest.posts for one in post.candidates if one.meets is not False}
    seats = {post.seats for post in contest.posts if post.seats is not None}
    for head in read.heads:
        for name in sorted(standing.intersection(head.withdrawn)):
            yield Diagnostic("CR0768", head.place, {"name": name})
        if seats and head.seats not in seats:
            yield Diagnostic("CR0769", head.place, {"there": head.seats, "here": min(seats)})


def without(contest: tally.Contest, wrong: tuple[str, ...]) -> tally.Contest:
    """A contest in which the figures that cannot be right are not known."""
    posts = [
        evolve(
            post,
            candidates=[
                evolve(one, votes=None)
                if not {f"votes/{post.id}/{one.id}", f"marks/{post.id}"}.isdisjoint(wrong)
                else one
                for one in post.candidates
            ],
        )
        for post in contest.posts
    ]
    unknown = {figure: None for figure in FIGURES if f"ballots/{figure}" in wrong}
    return evolve(contest, posts=posts, account=evolve(contest.account, **unknown))


def _account(box: Box) -> Iterator[Diagnostic]:
    """What the account of a box leaves unexplained."""
    for more, most in (("returned", "issued"), ("issued", "registered")):
        one, other = box.figures.get(more), box.figures.get(most)
        if one is not None and other is not None and one.number > other.number:
            data = {"box": box.name, "more": FIGURES[more], "number": one.number, "less": FIGURES[most]}
            yield Diagnostic("CR0722", one.place, {**data, "most": other.number}, Severity.WARNING)
    left = residual(box.account)
    if left is not None and left > 0:
        parts = {FIGURES[figure]: box.figures[figure].number for figure in _PARTS if figure in box.figures}
        returned = box.figures["returned"]
        data = {"box": box.name, "returned": returned.number, "parts": parts, "number": left}
        yield Diagnostic("CR0723", returned.place, data, Severity.WARNING)


def _strangers(found: tuple[Box, ...]) -> Iterator[Diagnostic]:
    """Boxes that have votes and no ballots, or ballots and no votes, where others have both: mostly a name misspelt."""
    counted = [box for box in found if box.votes]
    accounted = [box for box in found if box.figures]
    if not counted or not accounted:
        return
    for box in found:
        if box.votes and box.figures:
            continue
        others = [one.name for one in (accounted if box.votes else counted) if one is not box]
        place = next(iter((*box.votes.values(), *box.figures.values()))).place
        data = {"box": box.name, "has": _VOTES if box.votes else _BALLOTS, "lacks": _BALLOTS if box.votes else _VOTES}
        yield Diagnostic("CR0724", place, {**data, "suggestions": nearest(box.name, others)}, Severity.WARNING)
