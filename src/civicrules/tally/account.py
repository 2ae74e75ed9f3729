"""The ballot account: what the stated figures say, what they leave open, and how large each base can be."""

from __future__ import annotations

from collections.abc import Iterator

from civicrules.exact import Interval
from civicrules.outcome import Step
from civicrules.tally.contest import BallotAccount
from civicrules.tally.words import FIGURES

_PARTS = ("valid", "invalid", "blank")


def stated(account: BallotAccount, figure: str) -> int | None:
    """A figure of the account by its name."""
    number: int | None = getattr(account, figure)
    return number


def residual(account: BallotAccount) -> int | None:
    """Ballots returned that are not among the valid, invalid and blank ones; `None` when that cannot be computed.

    Blank ballots that were not stated are taken as none, so they are in the residual.

    >>> residual(BallotAccount(returned=2208, valid=1995, invalid=17))
    196
    """
    if account.returned is None or account.valid is None or account.invalid is None:
        return None
    return account.returned - account.valid - account.invalid - (account.blank or 0)


def _parts_of(base: str) -> tuple[str, ...]:
    """Of which parts of the ballots returned a base is the sum."""
    match base:
        case "valid":
            return ("valid",)
        case "valid_and_invalid":
            return ("valid", "invalid")
        case "valid_and_blank":
            return ("valid", "blank")
        case _:
            return _PARTS


def extent(account: BallotAccount, base: str, marked: int = 0) -> Interval:
    """The least and the greatest number of ballots that a base can be, given the figures stated.

    `marked` are ballots that the votes show to have been valid, for where the number of valid ones is not stated.

    >>> extent(BallotAccount(returned=2208, valid=1995, invalid=17), "valid_and_blank")
    Interval(low=1995, high=2191)
    """
    if base in ("registered", "issued", "returned"):
        number = stated(account, base)
        low = _at_least(account, _PARTS, marked) if base == "returned" else 0
        return Interval(low, None) if number is None else Interval(number, number)
    inside = _parts_of(base)
    low = _at_least(account, inside, marked)
    optional = ("blank",) if base == "accounted" else ()
    if all(stated(account, part) is not None for part in inside if part not in optional):
        return Interval(low, low)
    if account.returned is None:
        return Interval(low, None)
    outside = sum(stated(account, part) or 0 for part in _PARTS if part not in inside)
    return Interval(low, max(low, account.returned - outside))


def _at_least(account: BallotAccount, parts: tuple[str, ...], marked: int) -> int:
    least = {"valid": marked}
    known = ((part, stated(account, part)) for part in parts)
    return sum(least.get(part, 0) if number is None else number for part, number in known)


def unstated(account: BallotAccount, base: str) -> tuple[str, ...]:
    """The figures that would make a base exact."""
    figures = (base,) if base in ("registered", "issued", "returned") else _parts_of(base)
    return tuple(figure for figure in figures if stated(account, figure) is None)


def marked_ballots(account: BallotAccount) -> int | None:
    """How many ballots can carry marks that count, at most; `None` when no figure bounds it.

    Only valid ballots carry votes, so their number is the bound where the account confirms it: valid, invalid and blank
    ballots make up those returned. Where ballots are unaccounted for, any of them might have been counted, and every
    ballot returned is taken as marked. Without the number returned there is nothing to doubt the valid ones by.
    """
    if account.valid is not None and (account.returned is None or residual(account) == 0):
        return account.valid
    return account.returned


def account_steps(account: BallotAccount) -> Iterator[Step]:
    """The account as a record: each comparison that its figures allow, then what was not stated."""
    yield from _compared(account)
    yield from _added_up(account)
    absent = tuple(names for figure, names in FIGURES.items() if stated(account, figure) is None)
    if absent and len(absent) < len(FIGURES):  # where no account is given at all, there is nothing to say of it
        yield Step("account_unstated", {"figures": absent})


def _compared(account: BallotAccount) -> Iterator[Step]:
    issued, returned, registered = account.issued, account.returned, account.registered
    if issued is not None and registered is not None:
        kind = "account_issued" if issued <= registered else "account_issued_over"
        yield Step(kind, {"issued": issued, "registered": registered, "difference": abs(registered - issued)})
    if returned is not None and issued is not None:
        kind = "account_returned" if returned <= issued else "account_returned_over"
        yield Step(kind, {"returned": returned, "issued": issued, "difference": abs(issued - returned)})


def _added_up(account: BallotAccount) -> Iterator[Step]:
    left = residual(account)
    if left is None:
        return
    data = {name: stated(account, name) for name in ("returned", *_PARTS) if stated(account, name) is not None}
    kind = "account_closed" if left == 0 else "account_residual"
    suffix = "_blank_unstated" if account.blank is None else ""
    yield Step(kind + suffix, {**data, "residual": left})
