"""Single transferable vote by the Scottish rules: weighted inclusive Gregory, transfer values cut at five decimals.

The rules are those of the Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, part III: first
stage (rule 47), quota (48), transfer of surpluses and their order (49, 50), exclusion (51, 52), last vacancies (53).
Votes are whole numbers of units, 100,000 to a vote with five decimals. Papers of one candidate that came at the same
value lie in one parcel, which moves as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import define, field

from civicrules.exact import whole
from civicrules.outcome import Decision, Outcome, Seat, Step
from civicrules.tally.contest import Contest
from civicrules.tally.questions import Record
from civicrules.tally.ranked.earlier import Stages, Wanted, decimal, one_of
from civicrules.tally.ranked.papers import Fault, Papers, Ranked, number_of, opened, setting, sorted_out
from civicrules.tally.ranked.words import CUT, GREGORY, PLACES

_DEFAULT = ("five_decimals", CUT[0])


def single_transferable_vote(contest: Contest, decisions: Sequence[Decision] = ()) -> Outcome:
    """Count the ranked papers of the one post of a contest, with the answers given so far.

    Options of the contest: `quota`, a number of votes (valid papers / (seats + 1), cut, and 1 more when not given);
    `transfer_value`, its decimals and their rounding; `withdrawn`, ids of candidates that are passed over; and how faults
    on a paper are read (see `words.READINGS`). A tie is broken by the `tie_policy` of the contest, else by a question.

    *CannotSay* when the papers do not fit the contest, and for a ward where nobody stands. Nobody is elected where no paper
    is valid. Seats for which there are too few candidates are `vacant`. While a question is open, the seats are those filled
    before it: no answer changes them. Seats stand in the order of the stages at which they were filled, within a stage by
    votes.

    >>> from civicrules.tally import Ballots, Candidate, Contest, Post
    >>> papers = Ballots.ranked({("Ada", "Bo"): 7, ("Bo",): 2, ("Cy",): 3})
    >>> ward = Post("ward", 2, [Candidate("Ada"), Candidate("Bo"), Candidate("Cy")])
    >>> [(seat.receiver, str(seat.votes)) for seat in single_transferable_vote(Contest([ward], ballots=papers)).seats]
    [('Ada', '7'), ('Bo', '399997/100000')]
    """
    record = Record(contest, decisions)
    ranked = opened(contest, record)
    if not isinstance(ranked, Ranked):
        return ranked
    places, quota, faults = _parameters(contest, ranked)
    if faults:
        record.steps.extend(step for _, step in faults)
        return record.outcome(missing=tuple(key for key, _ in faults))
    count = _Count.of(contest, record, ranked, 10**places, whole(quota))
    vacancies = count.run()
    if vacancies:
        record.steps.append(Step("vacant", {"post": ranked.post.id, "open": vacancies}))
    return record.outcome(tuple(count.seats), vacant={ranked.post.id: vacancies} if vacancies else {})


def _parameters(contest: Contest, ranked: Ranked) -> tuple[int, Fraction, list[Fault]]:
    """Decimals and quota, and what is wrong with them."""
    faults = []
    words = contest.options.get("transfer_value", _DEFAULT)
    given = tuple(map(str, words if isinstance(words, tuple) else (words,)))
    places = next((PLACES[word] for word in given if word in PLACES), 5)
    if not set(given) <= {*PLACES, CUT[0]}:
        said = {"setting": "transfer value", "given": ", ".join(given), "words": ("five decimals, rounded down",)}
        faults.append(("options/transfer_value", Step("setting_unknown", said)))
    surplus = setting(contest, "surplus", (GREGORY[0],))
    if not isinstance(surplus, str):
        faults.append(surplus)
    least = ranked.valid // (ranked.seats + 1) + 1
    quota = contest.options.get("quota", least)
    if not isinstance(quota, str | tuple):
        enough = quota * (ranked.seats + 1) > ranked.valid
        if enough and (Fraction(quota) * 10**places).denominator == 1:
            return places, Fraction(quota), faults
    data = {"quota": str(quota), "least": least}
    return places, Fraction(least), [*faults, ("options/quota", Step("quota_unusable", data))]


@define
class _Count:
    """A count in progress. All votes and values are in units, `scale` of them to a vote.

    `parcels` are the papers of each candidate by the value at which they were received. `waiting` are those elected
    whose surplus has not been transferred.
    """

    contest: Contest
    record: Record
    ranked: Ranked
    scale: int
    quota: int
    parcels: dict[int, dict[int, Papers]]
    votes: dict[int, int]
    continuing: set[int]
    waiting: set[int] = field(factory=set)
    seats: list[Seat] = field(factory=list)
    stages: list[dict[str, int]] = field(factory=list)
    without: int = 0
    lost: int = 0

    @classmethod
    def of(cls, contest: Contest, record: Record, ranked: Ranked, scale: int, quota: int | Fraction) -> _Count:
        """The first stage (rules 47 and 48): each paper is a vote for its first preference."""
        data = {"valid": ranked.valid, "seats": ranked.seats, "quota": decimal(int(quota * scale), scale)}
        stated = "quota" in contest.options
        record.steps.append(Step("quota_stated", data) if stated else Step("quota_of_papers", data))
        parcels = {candidate: {scale: papers} for candidate, papers in ranked.piles.items()}
        votes = {candidate: number_of(papers) * scale for candidate, papers in ranked.piles.items()}
        record.steps.append(Step("stage_first", {"stage": 1, "valid": ranked.valid}))
        return cls(contest, record, ranked, scale, int(quota * scale), parcels, votes, set(ranked.standing))

    @property
    def vacancies(self) -> int:
        return self.ranked.seats - len(self.seats)

    def name(self, candidate: int) -> str:
        return self.ranked.names[candidate]

    def text(self, units: int) -> int | str:
        return decimal(units, self.scale)

    def run(self) -> int:
        """Stage after stage until all seats are filled or a question is open; the seats that stay vacant."""
        self.end_stage()
        while 0 < self.vacancies < len(self.continuing):
            if not (self.transfer_surplus() if self.waiting else self.exclude()):
                return 0
            if self.vacancies < len(self.continuing):
                self.end_stage()
        if self.vacancies and self.continuing:
            self.fill_last()
        return self.vacancies

    # ------------------------------------------------------------ the stages

    def transfer_surplus(self) -> bool:
        """The largest surplus to the next available preferences (rules 49 and 50); false when a question is open."""
        most = max(self.votes[candidate] for candidate in self.waiting)
        candidate = self.one_with(most, self.waiting, Wanted.HIGHEST)
        if candidate is None:
            return False
        surplus = most - self.quota
        data = {"stage": len(self.stages) + 1, "candidate": self.name(candidate), "votes": self.text(most)}
        self.note(Step("stage_surplus", {**data, "quota": self.text(self.quota), "surplus": self.text(surplus)}))
        self.waiting.remove(candidate)
        self.votes[candidate] = self.quota
        moved = 0
        for value, papers in self.taken(candidate):
            new, number = value * surplus // most, number_of(papers)
            data = {"papers": number, "value": self.text(value), "new": self.text(new)}
            self.note(Step("transfer_value", {**data, "surplus": self.text(surplus), "votes": self.text(most)}))
            self.move(papers, new)
            moved += number * new
        cut = surplus - moved
        self.lost += cut
        if cut:
            data = {"lost": self.text(cut), "surplus": self.text(surplus), "moved": self.text(moved)}
            self.note(Step("value_lost", data))
        return True

    def exclude(self) -> bool:
        """The candidate with the fewest votes, papers at the values they had (rules 51 and 52)."""
        fewest = min(self.votes[candidate] for candidate in self.continuing)
        candidate = self.one_with(fewest, self.continuing, Wanted.LOWEST)
        if candidate is None:
            return False
        data = {"stage": len(self.stages) + 1, "candidate": self.name(candidate), "votes": self.text(fewest)}
        self.continuing.remove(candidate)
        if len(self.continuing) == self.vacancies:
            self.note(Step("stage_last_exclusion", data))
            return True
        self.note(Step("stage_exclusion", data))
        self.votes[candidate] = 0
        for value, papers in self.taken(candidate):
            self.note(Step("parcel", {"papers": number_of(papers), "value": self.text(value)}))
            self.move(papers, value)
        return True

    def one_with(self, votes: int, among: set[int], wanted: Wanted) -> int | None:
        tied = {self.name(candidate): candidate for candidate in among if self.votes[candidate] == votes}
        stages = Stages(self.stages, self.scale)
        found = one_of(tuple(tied), wanted, stages, self.contest, self.record)
        return None if found is None else tied[found]

    def taken(self, candidate: int) -> list[tuple[int, Papers]]:
        """The parcels of a candidate, the highest value first; the candidate has none after that."""
        parcels = self.parcels.pop(candidate)
        return [(value, parcels[value]) for value in sorted(parcels, reverse=True) if parcels[value]]

    def move(self, papers: Papers, value: int) -> None:
        """Papers to the next available preferences, at a value."""
        piles, left = sorted_out(papers, self.continuing)
        for candidate in self.ranked.standing:
            pile = piles.get(candidate)
            if pile:
                self.credit(candidate, pile, value)
        if left:
            number = number_of(left)
            self.without += number * value
            data = {"papers": number, "value": self.text(value), "votes": self.text(number * value)}
            self.note(Step("papers_left", data))

    def credit(self, candidate: int, papers: Papers, value: int) -> None:
        number = number_of(papers)
        self.votes[candidate] += number * value
        self.parcels[candidate].setdefault(value, []).extend(papers)
        data = {"papers": number, "value": self.text(value), "votes": self.text(number * value)}
        self.note(Step("papers_moved", {"candidate": self.name(candidate), **data}))

    # ------------------------------------------------------------ the end of a stage

    def end_stage(self) -> None:
        """The votes of all at the end of a stage, and who has reached the quota (rule 48)."""
        stage = len(self.stages) + 1
        self.stages.append({self.name(candidate): votes for candidate, votes in self.votes.items()})
        for candidate in self.ranked.standing:
            if candidate in self.parcels or self.votes[candidate]:
                data = {"candidate": self.name(candidate), "votes": self.text(self.votes[candidate])}
                self.note(Step("stage_votes", {"stage": stage, **data}))
        total, without, lost = sum(self.votes.values()), self.without, self.lost
        data = {"votes": self.text(total), "without": self.text(without), "lost": self.text(lost)}
        self.note(Step("stage_sum", {"stage": stage, **data, "sum": self.text(total + without + lost)}))
        reached = [candidate for candidate in self.continuing if self.votes[candidate] >= self.quota]
        for candidate in sorted(reached, key=lambda candidate: (-self.votes[candidate], self.name(candidate))):
            self.note(Step("elected_at_quota", self.elect(candidate)))
            if self.votes[candidate] > self.quota:
                self.waiting.add(candidate)

    def fill_last(self) -> None:
        """As many candidates as vacancies, or fewer: they are elected, and nothing more is transferred (rule 53)."""
        for candidate in sorted(self.continuing, key=lambda candidate: (-self.votes[candidate], self.name(candidate))):
            self.note(Step("elected_to_last", self.elect(candidate)))

    def elect(self, candidate: int) -> dict[str, object]:
        """Take a seat; the numbers of its step."""
        self.continuing.remove(candidate)
        votes, name = self.votes[candidate], self.name(candidate)
        self.seats.append(Seat(name, post=self.ranked.post.id, votes=whole(Fraction(votes, self.scale))))
        data = {"stage": len(self.stages), "candidate": name, "votes": self.text(votes)}
        return {**data, "quota": self.text(self.quota)}

    def note(self, step: Step) -> None:
        self.record.steps.append(step)
