"""Instant run-off (the alternative vote): the last is eliminated until somebody has more votes than all others together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from civicrules.outcome import Decision, Outcome, Seat, Step
from civicrules.tally.contest import Contest
from civicrules.tally.questions import Record
from civicrules.tally.ranked.earlier import Stages, Wanted, one_of
from civicrules.tally.ranked.papers import Papers, Ranked, number_of, opened, sorted_out


def instant_runoff(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count the ranked papers of the one post of a contest, which has one seat, with the answers given so far.

    In each round a paper is a vote for its next available preference. Whoever has more than half of the votes of those
    who continue is elected; else the one with the fewest is eliminated, one at a time. Papers without a preference for
    anyone who continues are exhausted and in no majority any more. The options are `withdrawn`, ids of candidates that
    are passed over, and how faults on a paper are read (see `words.READINGS`). A tie for elimination is broken by the
    `tie_policy` of the contest, else by a question; that between the last two is such a tie.

    *CannotSay* when the papers do not fit the contest. Nobody is elected where no paper is valid.

    >>> from civicrules.tally import Ballots, Candidate, Contest, Post
    >>> papers = Ballots.ranked({("Ada",): 4, ("Bo",): 3, ("Cy", "Bo"): 2})
    >>> mayor = Post("mayor", 1, [Candidate("Ada"), Candidate("Bo"), Candidate("Cy")])
    >>> [(seat.receiver, seat.votes) for seat in instant_runoff(Contest([mayor], ballots=papers)).seats]
    [('Bo', 5)]
    """
    record = Record(contest, decisions)
    ranked = opened(contest, record)
    if not isinstance(ranked, Ranked):
        return ranked
    if ranked.seats != 1:
        record.steps.append(Step("one_seat_needed", {"post": ranked.post.id, "seats": ranked.seats}))
        return record.outcome(missing=(f"seats/{ranked.post.id}",))
    winner = _winner(contest, ranked, record)
    return record.outcome((winner,) if winner else ())


def _winner(contest: Contest, ranked: Ranked, record: Record) -> Seat | None:
    """Round after round; `None` when a question is open."""
    piles = {candidate: list(pile) for candidate, pile in ranked.piles.items()}
    votes = {candidate: number_of(pile) for candidate, pile in piles.items()}
    numbers = {name: number for number, name in ranked.names.items()}
    stages: list[Mapping[str, int]] = []
    while True:
        now = {ranked.names[candidate]: number for candidate, number in votes.items()}
        stages.append(now)
        total, most = sum(votes.values()), max(votes.values())
        _note_round(record, len(stages), now, total, ranked.valid - total)
        if 2 * most > total:
            name = max(now, key=now.__getitem__)
            data = {"round": len(stages), "candidate": name, "votes": most, "total": total}
            record.steps.append(Step("majority_reached", {**data, "needed": total // 2 + 1}))
            return Seat(name, post=ranked.post.id, votes=most)
        fewest = min(votes.values())
        tied = tuple(name for name, number in now.items() if number == fewest)
        loser = one_of(tied, Wanted.LOWEST, Stages(stages), contest, record)
        if loser is None:
            return None
        record.steps.append(Step("eliminated", {"round": len(stages), "candidate": loser, "votes": fewest}))
        _eliminate(numbers[loser], ranked, piles, votes, record)


def _note_round(record: Record, round: int, now: Mapping[str, int], total: int, exhausted: int) -> None:
    data = {"round": round, "total": total, "needed": total // 2 + 1, "exhausted": exhausted}
    record.steps.append(Step("round_begins", data))
    for name, number in sorted(now.items()):
        record.steps.append(Step("round_votes", {"round": round, "candidate": name, "votes": number}))


def _eliminate(loser: int, ranked: Ranked, piles: dict[int, Papers], votes: dict[int, int], record: Record) -> None:
    """The papers of the one eliminated to the next available preferences."""
    papers = piles.pop(loser)
    del votes[loser]
    moved, left = sorted_out(papers, piles)
    for candidate in ranked.standing:
        pile = moved.get(candidate)
        if pile:
            number = number_of(pile)
            votes[candidate] += number
            piles[candidate].extend(pile)
            record.steps.append(Step("papers_passed", {"candidate": ranked.names[candidate], "papers": number}))
    if left:
        record.steps.append(Step("papers_exhausted", {"papers": number_of(left)}))
