"""How every count begins, in the order of the law: the ballot account, then whether the vote is valid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from civicrules.ballots import Ballots
from civicrules.outcome import Outcome, Step
from civicrules.tally.account import account_steps
from civicrules.tally.contest import BallotAccount, Contest, Requirement
from civicrules.tally.contradictions import contradictions
from civicrules.tally.questions import Record
from civicrules.tally.words import FIGURES, WRITE_INS_COUNTED
from civicrules.values import frozen


@frozen
class Stop:
    """Why a count ends before a vote is counted: facts `missing`, or `reasons` for which the vote is void."""

    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def outcome(self, record: Record) -> Outcome:
        return record.outcome(missing=self.missing, reasons=self.reasons)


def opening(contest: Contest, record: Record) -> Stop | None:
    """Note the account and the requirements. A contest stops for figures that contradict each other, for a requirement
    that fails, and for one whose facts are missing.
    """
    record.steps.extend(account_steps(contest.account))
    wrong = tuple(contradictions(contest))
    if wrong:
        return stopped(record, wrong)
    record.steps.extend(_requirement_step(requirement) for requirement in contest.validity)
    failed = tuple(requirement.id for requirement in contest.validity if requirement.holds is False)
    if failed:
        return Stop(reasons=failed)
    unknown = [requirement for requirement in contest.validity if requirement.holds is None]
    if unknown:
        return Stop(missing=once(name for one in unknown for name in one.missing or (one.id,)))
    return None


def without_candidates(contest: Contest) -> Iterator[tuple[str, str, Step]]:
    """The posts for which nobody stands: the id of each, what is missing, and its step.

    Where papers are read and names written in count, voters name whom they want, and a post may be without candidates
    before the vote. Elsewhere nobody could have been voted for, and that is no result of a vote.
    """
    named_on_papers = contest.ballots is not None and contest.papers.write_ins == WRITE_INS_COUNTED[0]
    for post in contest.posts:
        if post.complete and not post.candidates and not named_on_papers:
            yield post.id, f"candidates/{post.id}", Step("nobody_stands", {"post": post.id})


def unusable(ballots: Ballots) -> Iterator[tuple[str, Step]]:
    """What is missing where ballots cannot be counted, with its step: a number of papers that is none, or no paper at all.

    Nothing is decided by papers that nobody has read.
    """
    numbers = [*ballots.papers.values(), *(doubt.number for doubt in ballots.doubts), ballots.unread]
    wrong = [number for number in numbers if type(number) is not int or number < 0]
    if wrong:
        yield "papers", Step("paper_numbers", {"number": min(wrong)})
    elif not any(numbers):
        yield "papers", Step("no_papers")


def differing(given: BallotAccount, counted: BallotAccount) -> Iterator[tuple[str, Step]]:
    """The figures of an account that are stated otherwise than the papers come to. Blank papers may be stated as invalid."""
    for figure, names in FIGURES.items():
        stated, found = getattr(given, figure), getattr(counted, figure)
        blank = counted.blank or 0 if figure == "invalid" and given.blank is None else 0
        if stated is not None and found is not None and stated not in (found, found + blank):
            yield f"ballots/{figure}", Step("papers_differ", {"figure": names, "stated": stated, "found": found})


def unruled(contest: Contest, ballots: Ballots, record: Record) -> Stop:
    """Where rulings on papers are open: they are asked for, unless there are more or fewer papers than were returned."""
    return stopped(record, differing(contest.account, BallotAccount(returned=ballots.total)))


def stopped(record: Record, faults: Iterable[tuple[str, Step]]) -> Stop:
    """The end of a count by faults, each what is missing with the step that says why; without any, questions are open."""
    found = tuple(faults)
    record.steps.extend(step for _, step in found)
    return Stop(missing=once(key for key, _ in found))


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once."""
    return tuple(dict.fromkeys(names))


def _requirement_step(requirement: Requirement) -> Step:
    data = {**requirement.data, "requirement": requirement.names if requirement.names.forms else requirement.id}
    if requirement.holds is None:
        return Step("requirement_open", {**data, "missing": requirement.missing or (requirement.id,)})
    return Step("requirement_holds" if requirement.holds else "requirement_fails", data)
