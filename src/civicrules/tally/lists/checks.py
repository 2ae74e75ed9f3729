"""What keeps an election by lists from being counted: settings, lists and candidates that do not fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from civicrules.outcome import Step
from civicrules.program import Names
from civicrules.tally.account import marked_ballots
from civicrules.tally.contest import Candidate, Contest, Post, Setting
from civicrules.tally.lists.papers import Roll
from civicrules.tally.lists.words import WORDS
from civicrules.tally.opening import without_candidates

# What keeps a contest from being counted: what is missing, and the step that says why.
Fault = tuple[str, Step]


def words_of(given: Setting) -> tuple[object, ...]:
    """The parts of a setting."""
    return given if isinstance(given, tuple) else (given,)


def number_of(contest: Contest, option: str, otherwise: int) -> int:
    """A setting that is a whole number."""
    value = contest.options.get(option)
    return value if isinstance(value, int) else otherwise


def unfit(contest: Contest) -> Iterator[Fault]:
    """What makes a contest one that is not counted by lists, or not yet."""
    if len(contest.posts) != 1:
        yield "posts", Step("one_body_needed", {"number": len(contest.posts)})
        return
    unused = tuple(names for names, given in _unused(contest) if given)
    if unused:
        yield "options", Step("not_for_lists", {"given": unused})
    for name, words in WORDS.items():
        given = contest.options.get(name)
        wrong = [] if given is None else [one for one in words_of(given) if one not in words]
        if wrong:
            data = {"setting": name.replace("_", " "), "given": str(wrong[0]).replace("_", " ")}
            allowed = tuple(word.replace("_", " ") for word in words)
            yield f"options/{name}", Step("list_setting_unknown", {**data, "words": allowed})
    for name in ("votes_per_ballot", "votes_for_one_candidate", "preferences_per_ballot", "bonus", "size_limit"):
        number = contest.options.get(name)
        if number is not None and not (isinstance(number, int) and number >= 0):
            data = {"setting": name.replace("_", " "), "given": str(number)}
            yield f"options/{name}", Step("list_number_unusable", data)
    post = contest.posts[0]
    if post.seats is None:
        yield f"seats/{post.id}", Step("seats_unknown", {"post": post.id})
    if not post.complete:
        yield f"candidates/{post.id}", Step("candidates_to_come", {"post": post.id})
    if not contest.lists:
        yield from ((key, step) for _, key, step in without_candidates(contest))


def _unused(contest: Contest) -> tuple[tuple[Names, bool], ...]:
    """What a contest can ask for that no count of lists looks at."""
    return (
        (Names.of(en="a threshold for candidates", zh="候选人当选条件"), contest.threshold is not None),
        (Names.of(en="limits on who is elected", zh="对当选人的限制"), bool(contest.limits)),
        (Names.of(en="votes moved down", zh="下加计票"), contest.down_count),
    )


def inconsistent(contest: Contest, post: Post, by_votes: bool, placed: bool) -> Iterator[Fault]:
    """Lists and candidates that do not fit together, and votes that are missing; with `placed`, places that are."""
    for id, number in sorted(Counter(slate.id for slate in contest.lists).items()):
        if number > 1:
            yield f"votes/{post.id}/{id}", Step("list_twice", {"list": id, "number": number})
    roll, totals = Roll.from_contest(contest, post), {slate.id: slate.votes for slate in contest.lists}
    for one in post.candidates:
        if not one.list:
            yield f"candidates/{post.id}", Step("without_list", {"candidate": one.id})
        elif totals and one.list not in totals:
            yield f"candidates/{post.id}", Step("unknown_list", {"candidate": one.id, "list": one.list})
        if one.meets is None:
            yield from (
                (name, Step("eligibility_unknown", {"candidate": one.id}))
                for name in one.missing or (f"candidates/{post.id}",)
            )
    ballots = marked_ballots(contest.account)
    together = sum(votes for votes in totals.values() if votes is not None)
    if not by_votes and ballots is not None and together > ballots:
        yield f"marks/{post.id}", Step("list_votes_above_ballots", {"votes": together, "ballots": ballots})
    for id, members in roll.lists.items():
        yield from _list_faults(post.id, id, totals.get(id), members, by_votes)
        if placed and len(members) > 1:
            yield from _place_faults(post.id, id, members)


def _list_faults(
    post: str, id: str, votes: int | None, members: Sequence[Candidate], by_votes: bool
) -> Iterator[Fault]:
    unknown = [one.id for one in members if one.votes is None]
    own = sum(one.votes or 0 for one in members)
    if votes is not None and votes < 0:
        yield f"votes/{post}/{id}", Step("negative_list_votes", {"list": id, "votes": votes})
    elif votes is not None and (votes < own or (by_votes and votes != own and not unknown)):
        yield f"votes/{post}/{id}", Step("list_votes_differ", {"list": id, "votes": votes, "candidates": own})
    if not members and votes is None and not by_votes:
        yield f"votes/{post}/{id}", Step("list_votes_unknown", {"list": id})
    for one in unknown if votes is None or by_votes else ():
        yield f"votes/{post}/{one}", Step("votes_unknown_on_list", {"list": id, "candidate": one})


def _place_faults(post: str, id: str, members: Sequence[Candidate]) -> Iterator[Fault]:
    places = Counter(one.rank for one in members if one.rank is not None)
    for one in members:
        if one.rank is None:
            yield f"candidates/{post}", Step("place_missing", {"list": id, "candidate": one.id})
        elif places[one.rank] > 1:
            yield f"candidates/{post}", Step("place_twice", {"list": id, "candidate": one.id, "place": one.rank})
