"""Seeded counts of every kind that `verify` covers, with their documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain
from random import Random
from typing import Any

from attrs import evolve

from civicrules.outcome import Decided, Decision, DecisionRequired, Outcome, Question
from civicrules.result import Counted, Documents, Origin, documents
from civicrules.tally import (
    SHA_256,
    Allocation,
    BallotAccount,
    Ballots,
    Candidate,
    Choice,
    Contest,
    PaperRules,
    Post,
    Receiver,
    Requirement,
    Threshold,
    drawn,
)
from civicrules.tally.methods import METHODS
from civicrules.tally.thresholds import Hurdle, Of

RULES = "contest residents committee\n  elected: votes more than half of base, most votes first\n"
DIGEST = "0" * 64
RUN: Mapping[str, Callable[..., Outcome]] = {method.id: method.run for method in METHODS}
FIXED: Mapping[str, Callable[[Any], Any]] = {method.id: method.fixed for method in METHODS}
PLAIN_SERIES = (
    *("dhondt", "sainte_lague", "danish_divisors", "imperiali_divisors", "macau_divisors", "huntington_hill"),
    *("dean_divisors", "adams_divisors", "modified_sainte_lague", "listed_divisors"),
)


def answered(
    method: str, request: Contest | Allocation, random: Random, share: float = 0.8
) -> tuple[Outcome, tuple[Decision, ...]]:
    """A count, most of whose questions are answered by chance."""
    decisions: tuple[Decision, ...] = ()
    while True:
        outcome = RUN[method](request, decisions)
        if not isinstance(outcome, DecisionRequired) or random.random() > share:
            return outcome, decisions
        more = tuple(_answer(one, random) for one in outcome.questions)
        decisions = (*decisions, *more)


def _answer(question: Question, random: Random) -> Decision:
    by = random.choice(("", "lot, 1 May", "5月1日抽签"))
    if question.by_lot and random.random() < 0.3:
        return drawn(question, SHA_256, str(random.randrange(10**6)), by)
    return Decision(question.id, tuple(random.sample(question.options, question.choose)), by)


def recorded(method: str, request: Contest | Allocation, outcome: Outcome, decisions: Sequence[Decision]) -> Documents:
    origin = Origin("demo", "1", request.ruleset, (("rules.en.civic", RULES),))
    counted = Counted(request.id or "count", method, FIXED[method](request), outcome, tuple(decisions))
    return documents([counted], origin)


# ---------------------------------------------------------------- by post


def by_post(random: Random) -> tuple[str, Contest]:
    """A contest with small numbers, so that ties, shortfalls and people on several lists are frequent."""
    people = [f"P{number}" for number in range(1, 9)]
    valid = random.randint(0, 30)
    invalid, blank = random.randint(0, 3), random.randint(0, 3)
    unaccounted = random.choice((0, 0, 2))
    returned = valid + invalid + blank + unaccounted
    account = BallotAccount(returned + 9, returned + random.randint(0, 4), returned, valid, invalid, blank)
    if random.random() < 0.2:
        account = evolve(account, blank=None)
    bases = ("registered", "issued", "returned", "valid", "valid_and_invalid")
    share = Fraction(random.randint(1, 3), random.randint(2, 4))
    threshold = Threshold(random.choice(bases), min(share, Fraction(1)), random.random() < 0.5)
    ballots = valid
    posts = []
    for id in ("chair", "deputy", "member")[: random.randint(1, 3)]:
        seats = random.randint(0, 3)
        names = random.sample(people, random.randint(0, 5))
        left, candidates = seats * ballots, []
        for name in names:
            most = min(ballots, left)
            votes: int | None = min(
                most, random.choice((random.randint(0, most), ballots // 3, ballots // 3, ballots // 2))
            )
            left -= votes or 0
            votes = None if random.random() < 0.07 else votes
            candidates.append(Candidate(name, votes, meets=random.random() > 0.08))
        posts.append(Post(id, seats, candidates, complete=random.random() > 0.15))
    holds = random.choice((True,) * 15 + (False, None))
    validity = [Requirement("turnout", holds), Requirement("accounts", True)]
    with_share = random.random() < 0.8
    method = "majority_by_post" if with_share else random.choice(("block_vote", "majority_by_post"))
    shortfall = random.choice(("", "vacancy", "vacancy"))
    policy = random.choice(((), ("lot",), ("another_vote_among_the_tied", "lot")))
    return method, Contest(
        posts, account, threshold if with_share else None, validity, policy, shortfall, id="committee"
    )


# ---------------------------------------------------------------- dividing seats


def allocation(random: Random) -> tuple[str, Allocation]:
    """Seats among a few receivers, with small numbers, fractions among them, and with bounds now and then."""
    method = random.choice((*PLAIN_SERIES, *("largest_remainder",) * 5))
    options: dict[str, object] = {}
    if method == "modified_sainte_lague":
        options["first_divisor"] = random.choice((Fraction(7, 5), Fraction(6, 5), 1))
    if method == "listed_divisors":
        options |= {
            "divisors": (1, Fraction(5, 2), 4, 7),
            "after_the_last": random.choice(("same_step", "no_more_seats")),
        }
    if method == "largest_remainder":
        options["quota"] = random.choice(("hare_quota", "droop_quota", "hagenbach_bischoff_quota", "imperiali_quota"))
        options["whole_quota"] = random.choice(("", "cut_to_whole", "raised_to_whole", "nearest_whole"))
    bounded, level = random.random() < 0.4, random.random() < 0.35
    receivers = []
    for number in range(random.randint(1, 6)):
        weight = random.choice((random.randint(0, 12), random.randint(0, 900), Fraction(random.randint(1, 90), 7)))
        weight = random.choice((30, 60)) if level else weight
        low = random.randint(0, 2) if bounded else 0
        high = random.choice((None, low + random.randint(0, 5))) if bounded else None
        receivers.append(Receiver(f"G{number}", weight, low, high))
    policy = random.choice(((), ("lot",)))
    seats, hurdles = random.randint(0, 15), []
    if random.random() < 0.25:
        hurdles = [Hurdle(Fraction(1, random.randint(3, 12)), of, random.random() < 0.5) for of in (Of.TOTAL, Of.QUOTA)]
        hurdles = random.sample(hurdles, random.randint(1, 2))
        receivers = [evolve(one, exempt=random.random() < 0.2) for one in receivers]
    if random.random() < 0.1:
        method, sizes = "by_size", ("highest_averages", "sainte_lague")
        options = dict(zip(("size_limit", "under_the_limit", "from_the_limit"), (7, *sizes), strict=True))
    if random.random() < 0.12:
        method, options = "bonus_and_averages", random.choice(({}, {"bonus": 3}, {"bonus": 0}))
    if random.random() < 0.25:  # lists with as many candidates, which may be too few
        receivers = [evolve(one, candidates=random.choice((None, one.minimum, 2, 3, 5, 20))) for one in receivers]
    base = random.choice((None,) * 9 + (sum(one.weight or 0 for one in receivers) + 40,))
    request = Allocation(receivers, seats, tie_policy=policy, options=options, hurdles=hurdles, id="seats")
    return method, evolve(request, base=base)


# ---------------------------------------------------------------- ranked papers


def ranked(random: Random) -> tuple[str, Contest]:
    """Papers with gaps, equal ranks and repeated names among them; few of them, so that stages tie."""
    names = [f"C{number}" for number in range(random.randint(2, 6))]
    lists: list[tuple[object, ...]] = []
    for _ in range(random.randint(1, 12)):
        ranks: list[object] = list(random.sample(range(len(names)), random.randint(0, len(names))))
        if random.random() < 0.15:
            both = tuple(sorted(random.sample(range(len(names)), 2)))
            ranks.insert(random.randint(0, len(ranks)), random.choice((None, 0, both)))
        lists.append(tuple(ranks))
    papers = {paper: random.randint(1, random.choice((4, 60))) for paper in lists}
    ballots = Ballots.of([Choice(name) for name in names], papers, ranks=True, unread=random.choice((0, 0, 2)))  # type: ignore[arg-type]
    options: dict[str, object] = {}
    if random.random() < 0.3:
        options["skipped_rank"] = random.choice(("paper_ends", "passed_over", "two_in_a_row_end_paper"))
        options["equal_ranks"] = random.choice(("paper_ends", "passed_over"))
        options["repeated_name"] = random.choice(("paper_ends", "passed_over"))
    if random.random() < 0.1:
        options["withdrawn"] = (names[0],)
    post = Post("ward", random.randint(1, 4), [Candidate(name) for name in names])
    policy = random.choice(((), ("earlier_stages", "lot"), ("lot",)))
    return "single_transferable_vote", Contest([post], tie_policy=policy, ballots=ballots, options=options, id="ward")


def marked(random: Random) -> tuple[str, Contest]:
    """Papers with too many marks, people chosen for two posts and names written in among them."""
    posts = [Post(id, random.randint(1, 3), [Candidate(name) for name in names]) for id, names in LISTS.items()]
    choices = [Choice(name, id) for id, names in LISTS.items() for name in names]
    choices += [Choice("Written In", "member")] if random.random() < 0.4 else []
    choices += [Choice("P1", "chair", mark=random.choice(("against", "abstain")))] if random.random() < 0.4 else []
    papers: dict[tuple[int, ...], int] = {}
    for _ in range(random.randint(0, 12)):
        at = sorted(random.choices(range(len(choices)), k=random.randint(0, 4)))
        papers[tuple(at)] = random.randint(1, 20)
    ballots = Ballots.of(choices, papers, unread=random.choice((0, 3)))  # type: ignore[arg-type]
    faults = ["marks_more_than_seats", "same_person_for_two_posts"]
    void = tuple(random.sample(faults, random.randint(0, 2)))
    part = tuple(fault for fault in faults if fault not in void and random.random() < 0.6)
    rules = PaperRules(void, part, random.choice(("counted", "not_counted")))
    account = BallotAccount(500, random.choice((None, ballots.total + 2)))
    threshold = Threshold(random.choice(("returned", "valid", "issued")), Fraction(1, random.randint(2, 4)))
    asked = threshold if random.random() < 0.6 else None
    contest = Contest(posts, account, asked, ballots=ballots, papers=rules, tie_policy=("lot",), id="papers")
    return random.choice(("majority_by_post", "block_vote", "cumulative_vote", "plurality")), evolve(
        contest, options={"votes_per_ballot": 4, "votes_for_one_candidate": 2}
    )


LISTS = {"chair": ("P1", "P2"), "member": ("P1", "P2", "P3", "P4")}
KINDS = (by_post, allocation, ranked, marked)


@cache
def seeded(seed: int) -> tuple[str, Contest | Allocation, Outcome, tuple[Decision, ...]]:
    """The count of a seed: the four kinds in turn."""
    random = Random(seed)
    method, request = KINDS[seed % len(KINDS)](random)
    request = evolve(request, ruleset=DIGEST)
    outcome, decisions = answered(method, request, random)
    return method, request, outcome, decisions


# ---------------------------------------------------------------- figures that are missing or cannot be


def spoilt(seed: int) -> tuple[str, Contest | Allocation]:
    """The request of a seed with figures that are missing, negative, too large or contradict each other."""
    random = Random(seed)
    method, request = KINDS[seed % len(KINDS)](random)
    if isinstance(request, Allocation):
        return method, _spoilt_allocation(request, random)
    posts = [_spoilt_post(post, random) for post in request.posts]
    account = request.account
    for figure in ("registered", "issued", "returned", "valid", "invalid", "blank"):
        if random.random() < 0.3:
            account = evolve(account, **{figure: random.choice((None, None, 0, 7, -1, 10**4))})
    if random.random() < 0.2:
        request = evolve(request, threshold=Threshold(random.choice(("accounted", "valid_and_blank")), Fraction(1, 2)))
    asked: dict[str, Any] = random.choice(({}, {}, {"down_count": True}, {"least_elected": 2}))
    shortfall = random.choice((request.shortfall, "second_ballot"))
    twice = posts[:1] if random.random() < 0.1 else []
    return method, evolve(request, posts=[*posts, *twice], account=account, shortfall=shortfall, **asked)


def _spoilt_post(post: Post, random: Random) -> Post:
    candidates = []
    for one in post.candidates:
        votes = random.choice((one.votes, None, -1, 10**6)) if random.random() < 0.2 else one.votes
        meets = random.choice((True, None, False)) if random.random() < 0.15 else one.meets
        candidates.append(evolve(one, votes=votes, meets=meets))
    seats = random.choice((None, 0, 9)) if random.random() < 0.2 else post.seats
    return evolve(post, candidates=candidates, seats=seats, complete=post.complete and random.random() > 0.2)


def _spoilt_allocation(request: Allocation, random: Random) -> Allocation:
    receivers = []
    for one in request.receivers:
        weight = random.choice((None, 0, -1)) if random.random() < 0.1 else one.weight
        receivers.append(evolve(one, weight=weight, candidates=random.choice((None,) * 40 + (0, 1, 2))))
    seats = random.choice((None, -1, 0)) if random.random() < 0.1 else request.seats
    asked: dict[str, Any] = random.choice(({}, {}, {}, {"complete": False}, {"base": 50}, {"majority_clause": True}))
    return evolve(request, receivers=receivers, seats=seats, **asked)


@cache
def documents_of(seed: int) -> Documents:
    """The documents of the count of a seed, made once for all tests."""
    return recorded(*seeded(seed))


__all__ = [
    "FIXED",
    "KINDS",
    "RULES",
    "RUN",
    "Decided",
    "answered",
    "chain",
    "documents_of",
    "recorded",
    "seeded",
    "spoilt",
]
