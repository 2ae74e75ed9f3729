"""How every count begins, in the order of the law: the ballot account, then whether the vote is valid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from civicrules.ballots import Ballots
from civicrules.outcome import Outcome, Step
from civicrules.tally.account import account_steps
from civicrules.tally.contest import Contest, Requirement
from civicrules.tally.contradictions import contradictions
from civicrules.tally.questions import Record
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
        record.steps.extend(step for _, step in wrong)
        return Stop(missing=once(key for key, _ in wrong))
    record.steps.extend(_requirement_step(requirement) for requirement in contest.validity)
    failed = tuple(requirement.id for requirement in contest.validity if requirement.holds is False)
    if failed:
        return Stop(reasons=failed)
    unknown = [requirement for requirement in contest.validity if requirement.holds is None]
    if unknown:
        return Stop(missing=once(name for one in unknown for name in one.missing or (one.id,)))
    return None


def without_papers(ballots: Ballots) -> Iterator[tuple[str, Step]]:
    """What is missing where ballots hold no paper at all, with its step: nothing is decided by papers that nobody has read."""
    if ballots.total == 0:
        yield "papers", Step("no_papers")


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once."""
    return tuple(dict.fromkeys(names))


def _requirement_step(requirement: Requirement) -> Step:
    data = {**requirement.data, "requirement": requirement.names if requirement.names.forms else requirement.id}
    if requirement.holds is None:
        return Step("requirement_open", {**data, "missing": requirement.missing or (requirement.id,)})
    return Step("requirement_holds" if requirement.holds else "requirement_fails", data)
