"""Contests of a ruleset, with the facts of a plan, as values that `tally` counts. The one place for it.

A contest's ballot account is read from the fields of these ids: `registered_voters`, `ballots_issued`,
`ballots_returned`, `valid_ballots`, `invalid_ballots`, `blank_ballots`, of whatever entity the vocabulary puts them in; of
a ballot that follows, the number that its majority is counted on is enough. Its candidates are members of a list with the
fields `name` and `post`, and with the votes in the field that the contest names, `votes` unless it says otherwise; who is
`withdrawn` cannot be elected. In
elections by lists they have the fields `list` (the name of a list or a choice), `place_on_list` and `times_on_list`; the
key *lists* names the list of lists, with the fields `name` and `list_votes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from civicrules import program as p
from civicrules import tally
from civicrules.ballots import Ballots
from civicrules.bases import FIGURES, base, base_of, majorities
from civicrules.diagnostics import Diagnostic, Severity
from civicrules.evaluation.boxes import Box, boxes
from civicrules.evaluation.evaluator import Evaluator
from civicrules.evaluation.requests import Bound, Parameters, label, named_by, whole_number
from civicrules.exact import whole
from civicrules.facts import Blank, Fact, FactList, Facts, Row
from civicrules.program import Comparison, Names
from civicrules.tally.account import extent, unstated

Totals = Mapping[str, Mapping[str, int | None]]

# Keys of elections by lists that ask for a number of votes.
_HURDLES = ("threshold", "preference", "decided", "second_round_from")

_PARAMETER = Names.of(en="a number that the method counts with", zh="计票方法所需的数字")
_MAJORITIES = Names.of(en="the bases of all majorities of which one is enough", zh="各项可供选用的多数所依据的票数")
_MODE = Names.of(en="the electorate that it is held for", zh="本选举适用的选举方式")
_NOMINATED = Names.of(
    en="number of candidates for {post}: at least {least} (there are {number})",
    zh="{post}候选人人数不少于{least}名（现有{number}名）",
)
_NOMINATED_NO_POST = Names.of(
    en="number of candidates: at least {least} (there are {number})", zh="候选人人数不少于{least}名（现有{number}名）"
)


def bind_contest(
    evaluator: Evaluator,
    contest: p.Contest,
    facts: Facts,
    totals: Totals | None = None,
    ballots: Ballots | None = None,
) -> Bound:
    """A contest with the facts of a plan. `totals` (post → candidate → votes) or `ballots` stand in for the plan's votes."""
    return _Binder(evaluator, contest, facts, totals, ballots).bound()


@frozen
class _Binder:
    """One contest being bound. `above` is the contest that it follows, where it is a further ballot."""

    evaluator: Evaluator
    contest: p.Contest
    facts: Facts
    totals: Totals | None = None
    ballots: Ballots | None = None
    above: _Binder | None = None

    def bound(self) -> Bound:
        request = self.request()
        names = {**list_names(self.vocabulary), **post_names(self.vocabulary, self.posts), **self.limit_names(request)}
        if self.posts == ("",):
            names[""] = self.contest.names
        problems = (
            []
            if request.threshold is not None or not majorities(self.contest)
            else [Diagnostic("CR0720", self.contest.span)]
        )
        follow_up = self.following
        if follow_up is not None and request.follow_up is not None:
            names[follow_up.contest.id] = follow_up.contest.names
        problems.extend(
            Diagnostic("CR0726", row.values["withdrawn"].place, {"name": self.called(row, at)}, Severity.ADVICE)
            for at, row in enumerate(self.given.rows, 1)
            if _has_withdrawn(row)
        )
        unplaced = self.unplaced() if self.totals is None else ()
        problems.extend(Diagnostic("CR0721", row.place, {"name": self.called(row, 0)}) for row in unplaced)
        return Bound(request, names, tuple(problems), tuple(self.boxes()))

    def request(self) -> tally.Contest:
        listed = tuple(self.listed())
        following = self.following
        return tally.Contest(
            listed,
            self.account(),
            self.threshold(),
            (*self.required(), *self.mode(), *self.nominated(listed), *self.unmeasured(), *self.incomparable()),
            self.parameters.words("tie"),
            "" if following is not None else str(self.parameters.get("shortfall") or ""),
            {**self.parameters.options(), **self.most_for_one()},
            self.contest.id,
            tuple(self.limits()),
            None if following is None else tally.FollowUp(following.request(), following.extra()),
            self.parameters.number("vacancy_from") or 0,
            self.parameters.word("down_count") == "at_election",
            self.ballots,
            tally.PaperRules(
                self.parameters.words("void_ballot"),
                self.parameters.words("void_part"),
                self.parameters.word("write_ins"),
            ),
            tuple(self.slates()),
            {id: hurdle for id, hurdle, _ in self.hurdles() if hurdle is not None},
            self.evaluator.program.digest,
        )

    @property
    def vocabulary(self) -> p.Vocabulary:
        return self.evaluator.program.vocabulary

    @property
    def parameters(self) -> Parameters:
        return Parameters(self.evaluator, self.contest.parameters, self.facts)

    # -- posts and candidates

    @property
    def posts(self) -> tuple[str, ...]:
        own = self.parameters.get("posts")
        if isinstance(own, tuple):
            return tuple(str(post) for post in own)
        return self.above.posts if self.above is not None else ("",)

    @property
    def posts_elsewhere(self) -> Iterator[str]:
        """The posts that other contests fill from the same list of candidates."""
        for other in self.evaluator.program.contests:
            binder = _Binder(self.evaluator, other, self.facts)
            if binder.list_id == self.list_id:
                yield from binder.posts

    @property
    def list_id(self) -> str:
        own = self.parameters.get("candidates")
        return own if isinstance(own, str) else self.above.list_id if self.above is not None else ""

    @property
    def given(self) -> FactList:
        return self.facts.lists.get(self.list_id, FactList(complete=False))

    @property
    def votes_field(self) -> str:
        """Where the votes of candidates stand; nowhere for a further ballot that names no field of its own."""
        own = str(self.parameters.get("votes") or "votes")
        return "" if self.above is not None and own == self.above.votes_field else own

    @property
    def complete(self) -> bool:
        """Whether all candidates are known: somebody whose post is not given, or is that of no contest, could stand for any."""
        placed = self.posts == ("",) or all("post" in row.values for row in self.given.rows)
        return self.given.complete and placed and not self.unplaced()

    def unplaced(self) -> tuple[Row, ...]:
        """Candidates whose post is missing or that of no contest: they could not be counted anywhere."""
        posts = {*self.posts, *self.posts_elsewhere}
        if "" in posts:
            return ()
        return tuple(row for row in self.given.rows if (at := row.values.get("post")) is None or at.value not in posts)

    def listed(self) -> Iterator[tally.Post]:
        seats = self.parameters.get("seats")
        numbers = [one for one in (seats if isinstance(seats, tuple) else (seats,)) if not isinstance(one, str | tuple)]
        meets = self.conditions()
        for at, post in enumerate(self.posts):
            wanted = self.parameters.whole(numbers[at]) if at < len(numbers) else None
            if self.totals is not None:
                known = {one.id: one for one in self.candidates(post, meets) if one.list}
                named = [
                    evolve(known.get(id, tally.Candidate(id)), votes=votes)
                    for id, votes in (self.totals.get(post) or {}).items()
                ]
                yield tally.Post(post, wanted, named, complete=post in self.totals)
            else:
                complete = self.complete if self.list_id or not self.slate_list else self.slate_rows.complete
                yield tally.Post(post, wanted, self.candidates(post, meets), complete)

    def candidates(self, post: str, meets: Mapping[int, tuple[bool | None, tuple[str, ...]]]) -> list[tally.Candidate]:
        field_id = self.votes_field
        found = []
        for at, row in enumerate(self.given.rows):
            held = row.values.get("post")
            if self.posts != ("",) and (held is None or held.value != post):
                continue
            votes = whole_number(row.values.get(field_id))
            if self.above is not None and votes is None and not self.slate_list:
                continue  # who did not stand in a further ballot has no votes in it
            holds, missing = meets.get(at, (True, ()))
            if _has_withdrawn(row):
                if votes is None and self.ballots is None and not self.slate_list:
                    continue  # whoever cannot be elected need not have votes
                holds, missing = False, ()
            place, times = (whole_number(row.values.get(id)) for id in ("place_on_list", "times_on_list"))
            on = row.values.get("list")
            slate = "" if on is None else str(on.value)
            found.append(
                tally.Candidate(self.called(row, at + 1), votes, holds, missing, slate, place, max(1, times or 1))
            )
        return found

    def called(self, row: Row, number: int) -> str:
        """What a candidate is called; `number` is the place in the list, from 1."""
        return label(row, number, named_by(self.vocabulary, self.list_id))

    # -- lists

    @property
    def slate_list(self) -> str:
        own = self.parameters.get("lists")
        return own if isinstance(own, str) else ""

    @property
    def slate_rows(self) -> FactList:
        return self.facts.lists.get(self.slate_list, FactList(complete=False))

    def slates(self) -> Iterator[tally.Slate]:
        """The lists that stand, with their votes where the plan has them."""
        if not self.slate_list:
            return
        field_id = str(self.parameters.get("list_votes") or "list_votes")
        by = named_by(self.vocabulary, self.slate_list)
        for at, row in enumerate(self.slate_rows.rows, 1):
            votes = None if self.ballots is not None else whole_number(row.values.get(field_id))
            yield tally.Slate(label(row, at, by), votes)

    def hurdles(self) -> Iterator[tuple[str, tally.Hurdle | None, tally.Requirement]]:
        """What is asked of lists and of candidates on them, in votes; with what is missing to say how many."""
        for id in _HURDLES:
            condition = self.parameters.get(id)
            if condition is None or isinstance(condition, str | tuple):
                continue
            if not isinstance(condition, p.Compare) or condition.comparison not in (
                Comparison.MORE,
                Comparison.AT_LEAST,
            ):
                yield id, None, tally.Requirement(id, None, (), self.contest.text(condition.span))
                continue
            strict = condition.comparison is Comparison.MORE
            value, missing = self.evaluator.expression(condition.right, self.facts)
            open = tally.Requirement(id, None, tuple(one.key for one in missing), self.contest.text(condition.span))
            right = condition.right
            if isinstance(value, int | Fraction) and not isinstance(value, bool) and not self.of_papers(right):
                yield id, tally.Hurdle(whole(Fraction(value)), tally.Of.VOTES, strict), open
            elif isinstance(right, p.ShareOf) and base_of(right.base) == "valid":
                yield id, tally.Hurdle(right.share, tally.Of.TOTAL, strict), open
            else:
                yield id, None, open

    def of_papers(self, base: p.Expression) -> bool:
        """Whether a number is a share of valid ballots that are only counted now."""
        return self.ballots is not None and isinstance(base, p.ShareOf) and base_of(base.base) == "valid"

    def unmeasured(self) -> Iterator[tally.Requirement]:
        """A requirement for every hurdle whose number of votes is not known."""
        yield from (requirement for _, hurdle, requirement in self.hurdles() if hurdle is None)

    def most_for_one(self) -> Mapping[str, tally.Setting]:
        """`votes for one candidate: at most 3` as a number."""
        given = self.parameters.get("votes_for_one_candidate")
        most = self.parameters.whole(given.high) if isinstance(given, p.Clamped) else None
        return {} if most is None else {"votes_for_one_candidate": most}

    def conditions(self) -> Mapping[int, tuple[bool | None, tuple[str, ...]]]:
        """What is asked of each candidate beside the votes, by the position in the list."""
        condition = self.parameters.get("elected")
        if not isinstance(condition, p.And):
            return {}
        rest = condition.parts[1:]
        asked = rest[0] if len(rest) == 1 else p.And(rest)
        return dict(enumerate(self.of_members(asked)))

    def of_members(self, condition: p.Expression) -> tuple[tuple[bool | None, tuple[str, ...]], ...]:
        """A condition for every member of the list, with the facts that are missing for it."""
        field_id = self.votes_field
        votes = [whole_number(row.values.get(field_id)) for row in self.given.rows]
        locals = [{} if number is None else {"votes": number} for number in votes]
        found = self.evaluator.of_members(condition, self.list_id, self.facts, locals)
        return tuple(
            (value if isinstance(value, bool) else None, tuple(m.key for m in missing)) for value, missing in found
        )

    # -- the account

    def account(self) -> tally.BallotAccount:
        """The figures of the account; of a further ballot only what the majority in it is counted on."""
        if self.above is not None:
            return tally.BallotAccount(returned=self.parameters.number("base"))
        found = {figure: whole_number(self.facts.values[key]) for figure, key in self.figures.items()}
        return tally.BallotAccount(**found)

    @property
    def figures(self) -> Mapping[str, str]:
        """Under which keys of the facts the figures of the account stand."""
        own = self.parameters.get("base")
        if self.above is not None:
            return {"returned": own.key} if isinstance(own, p.FactOf) else {}
        return {
            FIGURES[item.id]: item.key
            for entity in self.vocabulary.entities
            for item in entity.fields
            if item.id in FIGURES and whole_number(self.facts.values.get(item.key)) is not None
        }

    def threshold(self) -> tally.Threshold | None:
        """The share of a base that must be reached or exceeded: of several, the one that asks for the fewest votes.

        `None` when a base is no figure of the account.
        """
        shares = [self.share(one) for one in majorities(self.contest)]
        known = [one for one in shares if one is not None]
        if not known or len(known) < len(shares):
            return None
        account = self.account()
        return min(known, key=lambda one: one.needed(ballots_of(account, one.base) or 0)) if known[1:] else known[0]

    def share(self, asked: p.Compare) -> tally.Threshold | None:
        share = asked.right.share if isinstance(asked.right, p.ShareOf) else Fraction(1)
        figure = base_of(base(self.contest, asked)) if self.above is None else "returned"
        return None if figure is None else tally.Threshold(figure, share, asked.comparison is Comparison.MORE)

    def incomparable(self) -> Iterator[tally.Requirement]:
        """Which of several majorities asks for the fewest votes cannot be said while the base of one is not known."""
        known = [one for compare in majorities(self.contest) if (one := self.share(compare)) is not None]
        account = self.account()
        if not known[1:] or all(ballots_of(account, one.base) is not None for one in known):
            return
        missing = tuple(f"ballots/{figure}" for one in known for figure in unstated(account, one.base))
        yield tally.Requirement("majorities", None, tuple(dict.fromkeys(missing)), _MAJORITIES)

    def boxes(self) -> Iterator[tuple[Box, ...]]:
        """The boxes of this contest, then those of the ballots that follow it."""
        field_id = self.votes_field
        from_plan = self.totals is None and self.ballots is None
        votes = {
            (post, self.called(row, at)): f"{self.list_id}[{at}].{field_id}"
            for at, row in enumerate(self.given.rows if from_plan else (), 1)
            for post in self.posts
            if post == "" or ((held := row.values.get("post")) is not None and held.value == post)
        }
        yield boxes(self.facts, self.figures, votes)
        if self.following is not None:
            yield from self.following.boxes()

    # -- whether the vote is valid

    def required(self) -> Iterator[tally.Requirement]:
        condition = self.parameters.get("valid_vote")
        if condition is None or isinstance(condition, str | tuple):
            return
        for number, one in enumerate(condition.parts if isinstance(condition, p.And) else (condition,), 1):
            holds, missing = self.evaluator.expression(one, self.facts)
            known = holds if isinstance(holds, bool) else None
            names = self.contest.text(one.span)
            yield tally.Requirement(f"valid_vote_{number}", known, tuple(m.key for m in missing), names)

    def mode(self) -> Iterator[tally.Requirement]:
        condition = self.parameters.get("electorate")
        if condition is None or isinstance(condition, str | tuple):
            return
        holds, missing = self.evaluator.expression(condition, self.facts)
        yield tally.Requirement(
            "electorate", holds if isinstance(holds, bool) else None, tuple(m.key for m in missing), _MODE
        )

    def nominated(self, listed: Iterable[tally.Post]) -> Iterator[tally.Requirement]:
        """Whether as many stand as the ruleset asks for; of an open list that cannot be said, and is not asked."""
        if self.parameters.get("nominated") is None:
            return
        for post in listed:
            least = self.parameters.number("nominated", {"seats": post.seats}) if post.seats else None
            if least is None or not post.complete:
                continue
            names = post_names(self.vocabulary, self.posts).get(post.id, Names())
            counted = {one.id for one in post.candidates}
            nominated = counted | {
                self.called(row, at) for at, row in enumerate(self.given.rows, 1) if self.left(row, post.id)
            }
            numbers = {"least": least, "number": len(nominated)}
            forms = (_NOMINATED if names.forms else _NOMINATED_NO_POST).forms
            texts = {tag: form.format(post=names.text(tag), **numbers) for tag, form in forms}
            yield tally.Requirement(f"nominated_{post.id}", len(nominated) >= least, (), Names.of(**texts))

    def left(self, row: Row, post: str) -> bool:
        """Whether a row is somebody who was nominated for a post and has withdrawn."""
        held = row.values.get("post")
        return _has_withdrawn(row) and (self.posts == ("",) or (held is not None and held.value == post))

    def unsaid(self) -> Iterator[tally.Requirement]:
        """What the method cannot count without, because facts for its own parameters are missing."""
        for id, missing in self.parameters.unsaid().items():
            yield tally.Requirement(f"options/{id}", None, missing, _PARAMETER)

    # -- who may be elected together

    def limits(self) -> Iterator[tally.Limit]:
        if self.above is not None:
            return
        yield from self.reserved()
        conditions = self.parameters.get("among_the_elected")
        for number, one in enumerate(conditions if isinstance(conditions, tuple) else (), 1):
            if isinstance(one, p.Compare) and isinstance(one.left, p.CountOf) and one.left.where is not None:
                bound = self.parameters.whole(one.right)
                if bound is not None:
                    names = self.contest.text(one.span)
                    yield self.limit(f"among_{number}", one.left.where, names, *_bounds(one.comparison, bound))
        yield from self.apart()

    def reserved(self) -> Iterator[tally.Limit]:
        seats, group = self.parameters.number("reserved_seats"), self.parameters.get("reserved_for")
        if not seats or group is None or isinstance(group, str | tuple):
            return
        limit = self.limit("reserved_seats", group, self.contest.text(group.span), seats, None)
        yield evolve(limit, open_to_all="open_to_all" in self.parameters.words("unfilled_reserve"))

    def limit(self, id: str, group: p.Expression, names: Names, least: int, most: int | None) -> tally.Limit:
        judged = [held for held, _ in self.of_members(group)]
        labels = [self.called(row, at + 1) for at, row in enumerate(self.given.rows)]
        members = frozenset(one for one, held in zip(labels, judged, strict=True) if held)
        unsure = frozenset(one for one, held in zip(labels, judged, strict=True) if held is None) - members
        return tally.Limit(id, members, least, most, unsure=unsure, names=names)

    def apart(self) -> Iterator[tally.Limit]:
        """A limit for each two candidates who are relatives, or of whom that is not known."""
        field_id = self.parameters.get("not_together")
        if not isinstance(field_id, str):
            return
        kin = {self.called(row, at + 1): _people(row.values.get(field_id)) for at, row in enumerate(self.given.rows)}
        names = sorted(kin)
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                related = other in (kin[one] or ()) or one in (kin[other] or ())
                if not related and kin[one] is not None and kin[other] is not None:
                    continue
                words = Names.of(en=f"{one} and {other}, relatives", zh=f"近亲属{one}、{other}")
                members = frozenset((one, other) if related else (one,))
                unsure = frozenset(() if related else (other,))
                yield tally.Limit(f"relatives/{one}/{other}", members, 0, 1, unsure=unsure, names=words)

    def limit_names(self, request: tally.Contest) -> dict[str, Names]:
        return {limit.id: limit.names for limit in request.limits if limit.names.forms}

    # -- the ballot that follows

    @property
    def following(self) -> _Binder | None:
        value = self.parameters.get("shortfall")
        if not isinstance(value, str) or not value.startswith("contest:"):
            return None
        id = value.removeprefix("contest:")
        found = next(one for one in self.evaluator.program.contests if one.id == id)
        return _Binder(self.evaluator, found, self.facts, None, None, self)

    def extra(self) -> int:
        """How many more stand in this ballot than there are seats left."""
        return self.parameters.number("losers", {"seats_left": 0}) or 0


def _bounds(comparison: Comparison, bound: int) -> tuple[int, int | None]:
    """The least and the greatest number that a comparison allows."""
    match comparison:
        case Comparison.AT_LEAST:
            return bound, None
        case Comparison.MORE:
            return bound + 1, None
        case Comparison.AT_MOST:
            return 0, bound
        case Comparison.LESS:
            return 0, bound - 1
        case Comparison.EQUAL:
            return bound, bound
        case _:
            return 0, None


def _people(fact: Fact | None) -> tuple[str, ...] | None:
    """The people that a fact names; `None` when it is not known."""
    if fact is None:
        return None
    if fact.value is Blank.NONE:
        return ()
    return fact.value if isinstance(fact.value, tuple) else (str(fact.value),)


def ballots_of(account: tally.BallotAccount, base: str) -> int | None:
    """How many ballots a base is, where the account says so."""
    found = extent(account, base)
    return int(found.low) if found.low is not None and found.low == found.high else None


def post_names(vocabulary: p.Vocabulary, posts: tuple[str, ...]) -> dict[str, Names]:
    """The names of posts by id: the choices of the candidates' field `post`."""
    for entity in vocabulary.entities:
        for item in entity.fields:
            if item.id == "post" and isinstance(item.type, p.ChoiceType):
                return {choice.id: choice.names for choice in item.type.choices if choice.id in posts}
    return {}


def list_names(vocabulary: p.Vocabulary) -> dict[str, Names]:
    """The names of lists by id, where they are choices of the candidates' field `list`."""
    fields = (item for entity in vocabulary.entities for item in entity.fields if item.id == "list")
    types = (item.type for item in fields if isinstance(item.type, p.ChoiceType))
    return {choice.id: choice.names for one in types for choice in one.choices}


def _has_withdrawn(row: Row) -> bool:
    """Whether a plan says of a candidate that they withdrew, died or may no longer be elected."""
    fact = row.values.get("withdrawn")
    return fact is not None and fact.value is True
