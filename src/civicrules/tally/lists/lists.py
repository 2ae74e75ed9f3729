"""Elections by lists: votes to lists, seats to lists by a rule of division, seats of a list to its candidates.

One count serves open lists, closed lists with or without preferences, and lists with a bonus for the first in two rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from civicrules.exact import Rounding, rounded, whole
from civicrules.outcome import Decision, Outcome, Seat, Step
from civicrules.program import Names
from civicrules.tally.contest import Candidate, Contest, Post
from civicrules.tally.lists.checks import Fault, inconsistent, number_of, unfit, words_of
from civicrules.tally.lists.order import Filling, Level, Order
from civicrules.tally.lists.papers import Judge, Marking, Roll, by_candidates, by_lists, from_papers
from civicrules.tally.lists.shares import Shares, shares
from civicrules.tally.lists.words import GO_ON, IN_PASSES, TOGETHER, TOO_MANY_FOR_ONE
from civicrules.tally.opening import Stop, once, opening
from civicrules.tally.questions import Record
from civicrules.tally.seats.allocation import Allocation, Bonus, Plain, Receiver, Regime, Rule
from civicrules.tally.seats.quotas import LargestRemainder, Quota
from civicrules.tally.seats.rules import NAMED
from civicrules.tally.seats.series import DHONDT
from civicrules.tally.thresholds import Hurdle
from civicrules.values import frozen

_DIVISION = Names.of(en="seats to lists", zh="名单席位分法")
_HALF, _TENTH = Hurdle(Fraction(1, 2), strict=True), Hurdle(Fraction(1, 10))


def open_lists(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count lists whose voters give several votes to candidates, with the answers given so far.

    The contest has one post; its candidates have a `list`. Papers are judged by the options `votes_per_ballot` (as many as
    seats), `votes_for_one_candidate` (1), `across_lists` (`allowed`), `list_mark`, `several_list_marks` and the faults in
    `papers.void`; without papers the votes of the candidates are their totals. `seats_to_lists` is the rule of division,
    `exhausted_lists` what becomes of seats for which a list has too few candidates. The hurdle `threshold` is asked of
    lists. Equal claims of lists go by `tie_policy`, those on a list by the option `tie_on_a_list`.

    *CannotSay* when votes, places or settings are missing or contradict each other. *Void* when a requirement fails or
    the seats cannot be divided (see `allocate`).

    >>> from civicrules.tally import Candidate, Contest, Post
    >>> people = [Candidate("Ada", 50, list="A"), Candidate("Al", 70, list="A"), Candidate("Bo", 45, list="B")]
    >>> contest = Contest([Post("council", 2, people)], options={"seats_to_lists": "sainte_lague"})
    >>> [seat.receiver for seat in open_lists(contest).seats]
    ['Al', 'Bo']
    """
    record = Record(contest, decisions)
    fills = "list_mark" in contest.options
    marking = _marking(contest)
    prepared = _prepared(contest, record, by_candidates(marking), marking.votes, fills)
    if not isinstance(prepared, _Lists):
        return prepared
    return _outcome(prepared, record, _rule(contest), Order(by_votes=True))


def closed_lists(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count lists whose voters have one vote for a list, with the answers given so far.

    The seats of a list go to its candidates in the order of their places (`rank`). With the hurdle `preference`,
    candidates whose votes pass it come first, in the order of votes. Where lists have no candidates, seats go to lists.
    Papers may name one list, or up to `preferences_per_ballot` candidates of it. Otherwise as in `open_lists`.

    >>> from civicrules.tally import Contest, Post, Slate
    >>> contest = Contest([Post("council", 3, [])], lists=[Slate("A", 60), Slate("B", 40)],
    ...     options={"seats_to_lists": "dhondt"})
    >>> [(seat.receiver, seat.seats) for seat in closed_lists(contest).seats]
    [('A', 2), ('B', 1)]
    """
    record = Record(contest, decisions)
    prepared = _prepared(contest, record, by_lists(number_of(contest, "preferences_per_ballot", 1)))
    if not isinstance(prepared, _Lists):
        return prepared
    preference = contest.hurdles.get("preference")
    order = Order(False, preference, prepared.total, prepared.seats)
    if preference is not None:
        needed = whole(Fraction(preference.needed(prepared.total, prepared.seats)))
        record.steps.append(
            Step("preference_more_than", {"number": needed})
            if preference.strict
            else Step("preference_at_least", {"number": needed})
        )
    return _outcome(prepared, record, _rule(contest), order)


def list_bonus(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count closed lists of which the first has a bonus of seats, in one round or two, with the answers given so far.

    The first round decides when the first list passes the hurdle `decided` (more than half). Else those that pass
    `second_round_from` (a tenth) stand again, and `follow_up` has the votes of that round, in which most votes are
    enough; lists may have merged, so that a new name in it is no mistake. Without those votes the round is a question. The
    `bonus` is half of the seats, rounded up, when the options do not say; the others are divided by the option
    `remainder_method` (highest averages) among the lists that pass the hurdle `threshold` (Code électoral, article L262).

    >>> from civicrules.tally import Contest, Post, Slate
    >>> contest = Contest([Post("council", 19, [])], lists=[Slate("A", 884), Slate("B", 544)])
    >>> [(seat.receiver, seat.seats) for seat in list_bonus(contest).seats]
    [('A', 16), ('B', 3)]
    """
    record = Record(contest, decisions)
    prepared = _prepared(contest, record, by_lists(1))
    if not isinstance(prepared, _Lists):
        return prepared
    rule = _bonus(contest)
    most = max(prepared.votes.values(), default=0)
    decided = contest.hurdles.get("decided", _HALF)
    data = {"votes": most, "total": prepared.total, "needed": _fewest(decided, prepared)}
    if decided.passed(most, prepared.total, prepared.seats):
        record.steps.append(Step("round_decides", data))
        return _outcome(prepared, record, rule, Order(by_votes=False))
    record.steps.append(Step("round_undecided", data))
    return _second_round(prepared, record, rule)


def _fewest(hurdle: Hurdle, lists: _Lists) -> int:
    """The smallest number of votes that passes."""
    needed = hurdle.needed(lists.total, lists.seats)
    return rounded(needed, Rounding.DOWN) + 1 if hurdle.strict else rounded(needed, Rounding.UP)


def _second_round(first: _Lists, record: Record, rule: Rule) -> Outcome:
    contest = first.contest
    hurdle = contest.hurdles.get("second_round_from", _TENTH)
    standing = {id: n for id, n in first.votes.items() if n and hurdle.passed(n, first.total, first.seats)}
    record.steps.append(Step("second_round", {"needed": _fewest(hurdle, first), "lists": tuple(standing)}))
    if not standing:
        record.steps.append(Step("nobody_stands_again"))
        return record.outcome(reasons=("nobody_stands_again",))
    following = contest.follow_up.contest if contest.follow_up else Contest([])
    again = {slate.id: slate.votes for slate in following.lists if slate.votes is not None}
    post = contest.posts[0]
    if not again and following.ballots is None:
        record.ask("second_round", standing, 1, post=post.id, policy=(following.id or "second_round",))
        return record.outcome(missing=() if record.open else tuple(f"votes/{post.id}/{id}" for id in standing))
    strangers = [id for id in again if id in first.votes and id not in standing and again[id]]
    for id in strangers:
        record.steps.append(Step("list_not_standing", {"list": id}))
    if strangers:
        return record.outcome(missing=tuple(f"votes/{post.id}/{id}" for id in strangers))
    record.steps.append(Step("second_round_begins"))
    people = following.posts[0].candidates if following.posts else ()
    people = people or tuple(evolve(one, votes=None) for one in post.candidates)
    lists = tuple(slate for slate in following.lists if slate.id in again or not again)
    names = {slate.id for slate in lists}
    own = evolve(post, candidates=tuple(one for one in people if one.list in names))
    hurdles = {**contest.hurdles, **following.hurdles}
    second = evolve(following, posts=(own,), lists=lists, options=contest.options, hurdles=hurdles)
    second = evolve(second, tie_policy=contest.tie_policy, follow_up=None)
    prepared = _prepared(second, record, by_lists(1))
    return _outcome(prepared, record, rule, Order(by_votes=False)) if isinstance(prepared, _Lists) else prepared


# ---------------------------------------------------------------- what is counted


@frozen
class _Lists:
    """A contest ready to be counted: the votes of its lists, who stands on them, and how many seats there are."""

    contest: Contest
    post: Post
    seats: int
    votes: Mapping[str, int]
    roll: Roll
    total: int


def _prepared(
    contest: Contest, record: Record, judge: Judge, votes: int | None = None, fills: bool = True
) -> _Lists | Outcome:
    """Papers, account, requirements and totals, in this order; the outcome where the count ends before the seats.

    `votes` is how many a voter has for candidates, `None` where it is one for a list.
    """
    faults = list(unfit(contest))
    if faults:
        return _stopped(record, faults)
    counted = from_papers(contest, record, judge, votes, fills)
    if isinstance(counted, Stop):
        return counted.outcome(record)
    post = counted.posts[0]
    most = number_of(contest, "votes_for_one_candidate", 1)
    marks = votes if votes is not None else number_of(contest, "preferences_per_ballot", 1)
    checked = evolve(post, marks=marks, repeats=most)
    stopped = opening(evolve(counted, posts=(checked,)), record)
    if stopped is not None:
        return stopped.outcome(record)
    by_votes = votes is not None
    placed = not by_votes or (contest.ballots is not None and "list_mark" in contest.options)
    faults = list(inconsistent(counted, post, by_votes, placed))
    if faults:
        return _stopped(record, faults)
    roll, seats = Roll.from_contest(counted, post), post.seats or 0
    totals = {slate.id: slate.votes for slate in counted.lists}
    found = {id: _list_votes(totals.get(id), members) for id, members in roll.lists.items()}
    for id, number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        record.steps.append(Step("list_votes", {"list": id, "votes": number}))
    return _Lists(counted, post, seats, found, roll, sum(found.values()))


def _list_votes(own: int | None, members: Sequence[Candidate]) -> int:
    return sum(one.votes or 0 for one in members) if own is None else own


def _stopped(record: Record, faults: Sequence[Fault]) -> Outcome:
    record.steps.extend(step for _, step in faults)
    return record.outcome(missing=once(key for key, _ in faults))


# ---------------------------------------------------------------- seats


def _outcome(lists: _Lists, record: Record, rule: Rule | Step, order: Order) -> Outcome:
    """Seats to lists, then to the candidates of each."""
    if isinstance(rule, Step):
        record.steps.append(rule)
        return record.outcome(missing=("options/seats_to_lists",))
    contest, post = lists.contest, lists.post
    levels = {id: order.levels(_eligible(members)) for id, members in lists.roll.lists.items()}
    people = bool(post.candidates)
    goes_on = people and contest.options.get("exhausted_lists", GO_ON[0]) == GO_ON[0]
    receivers = [
        Receiver(id, votes, candidates=sum(map(len, levels[id])) if goes_on else None)
        for id, votes in lists.votes.items()
    ]
    hurdle = contest.hurdles.get("threshold")
    clause = "absolute_majority" in contest.options
    division = Allocation(receivers, lists.seats, rule, hurdles=(hurdle,) if hurdle else (), majority_clause=clause)

    def claim(id: str, seats: int) -> int:
        flat = [one.votes or 0 for level in levels[id] for one in level]
        return flat[seats] if seats < len(flat) else -1

    found = shares(division, record, post.id, contest.tie_policy, claim)
    if found.reasons or found.missing:
        return record.outcome(reasons=found.reasons, missing=found.missing)
    if not people:
        return _for_lists(lists, record, found)
    return _for_people(lists, record, found, levels)


def _eligible(members: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in members if one.meets is not False]


def _for_lists(lists: _Lists, record: Record, found: Shares) -> Outcome:
    seats = tuple(
        Seat(id, found.seats[id], lists.post.id, lists.votes[id]) for id in _by_votes(lists) if found.seats.get(id)
    )
    return record.outcome(seats, vacant={lists.post.id: found.left} if found.left else {})


def _for_people(lists: _Lists, record: Record, found: Shares, levels: Mapping[str, tuple[Level, ...]]) -> Outcome:
    given = lists.contest.options.get("tie_on_a_list", ())
    policy = tuple(str(word) for word in words_of(given))
    elected: list[Seat] = []
    left, after = found.left, tuple(record.used)
    for id in _by_votes(lists):
        seats = found.seats.get(id, 0)
        out = [one.id for one in lists.roll.lists[id] if one.meets is False]
        record.steps.append(Step("list_seats", {"list": id, "votes": lists.votes[id], "seats": seats}))
        record.steps.extend(Step("not_eligible_on_list", {"list": id, "candidate": one}) for one in out)
        room = sum(map(len, levels[id]))
        if seats > room:
            record.steps.append(Step("list_seats_open", {"list": id, "candidates": room, "open": seats - room}))
            left += seats - room
        seats = min(seats, room)
        filling = Filling(id, lists.post.id, levels[id], seats, policy, record, after, found.settled).run()
        elected.extend(Seat(one.id, post=lists.post.id, votes=one.votes) for one in filling.elected)
    return record.outcome(tuple(elected), vacant={lists.post.id: left} if left else {})


def _by_votes(lists: _Lists) -> list[str]:
    return sorted(lists.votes, key=lambda id: (-lists.votes[id], id))


# ---------------------------------------------------------------- settings


def _marking(contest: Contest) -> Marking:
    options = contest.options
    mark = words_of(options.get("list_mark", ()))
    return Marking(
        number_of(contest, "votes_per_ballot", next((post.seats or 0 for post in contest.posts), 0)),
        number_of(contest, "votes_for_one_candidate", 1),
        options.get("across_lists") == "allowed",
        bool(mark),
        IN_PASSES[0] in mark,
        options.get("several_list_marks") == TOGETHER[0],
        TOO_MANY_FOR_ONE[0] in contest.papers.void,
    )


def _plain(contest: Contest, option: str) -> Plain | None:
    rule, quota = NAMED.get(str(contest.options.get(option))), contest.options.get("quota")
    return evolve(rule, quota=Quota(quota)) if quota is not None and isinstance(rule, LargestRemainder) else rule


def _rule(contest: Contest) -> Rule | Step:
    """The rule of division that the options name."""
    rule, below = _plain(contest, "seats_to_lists"), _plain(contest, "under_the_limit")
    limit = contest.options.get("size_limit")
    if rule is None or (limit is None) != (below is None):
        return Step("list_rule_missing", {"key": _DIVISION})
    return Regime(limit, below, rule) if isinstance(limit, int) and below is not None else rule


def _bonus(contest: Contest) -> Bonus:
    seats = contest.options.get("bonus")
    by = _plain(contest, "remainder_method") or DHONDT
    return Bonus(by, seats if isinstance(seats, int) else None)
