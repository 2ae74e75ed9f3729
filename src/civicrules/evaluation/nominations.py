"""How many candidates a contest asks for, as sentences: `candidates: candidates, at least seats + 1` binds a plan too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from civicrules.evaluation.contests import post_names
from civicrules.evaluation.expressions import Maker
from civicrules.evaluation.inspect import Roots
from civicrules.evaluation.judge import Judge, judge_of
from civicrules.program import (
    Compare,
    Comparison,
    Contest,
    CountOf,
    Expression,
    FactOf,
    Force,
    Literal,
    LocalOf,
    Mention,
    Names,
    NumberType,
    Program,
    Rule,
    Sentence,
    Vocabulary,
    rebuilt,
)

_COUNTED = Names.of(en="number of candidates for {post}", zh="{post}候选人数")
_NO_POST = Names.of(en="number of candidates", zh="候选人数")
_SAID = Names.of(en="what the contest “{contest}” asks of the {counted}", zh="“{contest}”对{counted}的要求")


def nominations(program: Program, maker: Maker, roots: Roots) -> Iterator[Judge]:
    """A binding sentence for each post of a contest that asks for a least number of candidates."""
    for contest in program.contests:
        least, list_id = contest.parameters.get("nominated"), contest.parameters.get("candidates")
        if isinstance(least, Expression) and isinstance(list_id, str):
            for sentence in _sentences(contest, least, list_id, program.vocabulary):
                rule = Rule(contest.id, contest.names, contest.title, Names(), (sentence,), program.id)
                yield judge_of(rule, sentence, maker, lambda case, facts: (), roots.of_sentence(sentence))


def _sentences(contest: Contest, least: Expression, list_id: str, vocabulary: Vocabulary) -> Iterator[Sentence]:
    posts, seats = contest.parameters.get("posts"), contest.parameters.get("seats")
    named = tuple(str(post) for post in posts) if isinstance(posts, tuple) else ("",)
    numbers = seats if isinstance(seats, tuple) else (seats,)
    guard = contest.parameters.get("electorate")
    for post, number in zip(named, numbers, strict=False):
        if not isinstance(number, Expression):
            continue
        count = _count(list_id, post, vocabulary)
        names = _names(post, vocabulary)
        requirement = Compare(count, Comparison.AT_LEAST, rebuilt(least, partial(_filled, number)))
        texts = _texts(_SAID, contest=contest.title if contest.title.forms else contest.names, counted=names)
        yield Sentence(
            Force.MUST,
            guard if isinstance(guard, Expression) else None,
            requirement,
            contest.citation,
            texts,
            (Mention(count, names),),
        )


def _filled(seats: Expression, part: Expression) -> Expression:
    return seats if isinstance(part, LocalOf) and part.id == "seats" else part


def _count(list_id: str, post: str, vocabulary: Vocabulary) -> CountOf:
    """The members of the list of candidates who stand for a post."""
    listed = next(one for one in vocabulary.lists if one.id == list_id)
    of = NumberType(high=listed.at_most)
    if not post:
        return CountOf(list_id, of)
    fact = vocabulary.field(f"{listed.entity}.post")
    where = Compare(FactOf(fact.key, fact.type, list_id), Comparison.EQUAL, Literal(post, fact.type))
    return CountOf(list_id, of, where)


def _names(post: str, vocabulary: Vocabulary) -> Names:
    names = post_names(vocabulary, (post,)).get(post)
    return _NO_POST if names is None else _texts(_COUNTED, post=names)


def _texts(form: Names, **words: Names) -> Names:
    """A form filled in, in each of its languages."""
    return Names.of(
        **{tag: text.format(**{key: names.text(tag) for key, names in words.items()}) for tag, text in form.forms}
    )
