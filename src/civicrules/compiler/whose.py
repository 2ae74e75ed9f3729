"""Conditions that name one of a list, or a fact of one, where nobody says which: what is written instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import evolve

from civicrules.compiler.scope import Frame, Scope, forms
from civicrules.diagnostics import Diagnostic, Fix
from civicrules.language import nodes as n
from civicrules.program import ChoiceType, ListType, Names, TruthType, identifier
from civicrules.source import Span

_ARTICLE = re.compile(r"\b(?:the|an?) \Z", re.I)
_UNCLEAR = frozenset({"CR0203", "CR0225", "CR0226"})  # whose fact is meant, or of whom something is said
_OF_ONE = _UNCLEAR | {"CR0236", "CR0237"}


def in_condition(scope: Scope, node: n.Phrase, before: int) -> None:
    """Say of a condition that was not understood (its diagnostics are those after `before`) how it is written.

    Elsewhere *each* mends what is said of no one; in a condition the fact stands alone, or members are counted.
    """
    new = scope.diagnostics[before:]
    subject = node.subject if isinstance(node, n.Test) else node
    path = subject.of if isinstance(subject, n.Each) else subject
    if len(new) != 1 or new[0].code not in _UNCLEAR or not isinstance(path, n.Path):
        return
    one = scope.member_called(path.steps[0])
    frame = scope.frames[-1] if scope.frames else None
    if frame is None:
        lists = (one,) if one is not None else scope.lists_with(path.steps[-1])
        scope.diagnostics[before:] = [_of_nobody(scope, node, path, lists)] if lists else new
    elif one is not None:
        found = _named_again(scope, node, path, one, frame)
        scope.diagnostics[before:] = new if found is None else [found]


def in_sentence(scope: Scope, clause: n.Clause, before: int) -> None:
    """Offer, of a list that a sentence speaks of as if it were a value, what its predicate asks of.

    How many there are is compared with a number; each of them is somebody, something, on a list, or of an age.
    """
    new = scope.diagnostics[before:]
    listed = None if not isinstance(clause.subject, n.Path) else scope.find(clause.subject)
    place = clause.subject.span
    if [one.code for one in new] != ["CR0203"] or place is None or not isinstance(listed, ListType):
        return
    match clause.predicate:
        case n.Being(value=n.Path()) | n.AmongList() | n.Ago():
            right = scope.each_one(listed)
        case n.Compared(value=value) | n.Bounded(value=value) | n.Being(value=value):
            right = _measured(scope, listed, value)
        case n.Between(low=value) | n.Both(parts=(n.Compared(value=value) | n.Bounded(value=value), *_)):
            right = _measured(scope, listed, value)
        case _:
            return
    fix = Fix(place, right.text(scope.language))
    scope.diagnostics[before:] = [evolve(new[0], fixes=(fix,))] if right.forms else new


def _measured(scope: Scope, listed: ListType, value: n.Phrase) -> Names:
    """What of a list a value can be the measure of: an age of each, another number of all; else nothing."""
    if isinstance(value, n.Range):
        value = value.high
    if isinstance(value, n.Duration):
        return scope.each_one(listed)
    if not isinstance(value, n.Quantity):
        return Names()
    return Names.of(en=f"number of {listed.names.text('en')}", zh=f"{listed.names.text('zh')}的数量")


def in_reading(scope: Scope, entry: n.Entry, reading: Names, before: int) -> None:
    """Say of an option of a reading that it cannot be about persons, where that is why it was not understood."""
    new = scope.diagnostics[before:]
    if len(new) == 1 and new[0].code in _OF_ONE:
        so = next((one for one in (new[0].data.get("so"), new[0].data.get("right")) if one), entry.text)
        data = {"found": entry.text if so == "…" else so, "reading": reading}
        scope.diagnostics[before:] = [Diagnostic("CR0238", entry.value_span, data)]


def _named_again(scope: Scope, node: n.Phrase, path: n.Path, one: ListType, frame: Frame) -> Diagnostic | None:
    """`except when candidate is incumbent` of a sentence that is about a candidate anyway."""
    so = "" if frame.entity is None else _said(scope, node, path, frame.entity)
    if not so and frame.entity != one.entity and _said(scope, node, path, one.entity):
        return None
    place = _with_article(node.span)
    fixes = (Fix(place, so),) if so and place is not None else ()
    return Diagnostic("CR0236", place, {"name": path.steps[0].text, "right": so}, fixes=fixes)


def _of_nobody(scope: Scope, node: n.Phrase, path: n.Path, lists: Sequence[ListType]) -> Diagnostic:
    """`when education is primary: units must be …`: no member is at hand whose fact it could be."""
    so = _said(scope, node, path, lists[0].entity)
    some = [_any(one.names, so or "…") for one in lists[:3]]
    data = {
        "one": lists[0].singular,
        "each": scope.each_one(lists[0]),
        "some": Names.of(**{tag: " · ".join(one.text(tag) for one in some) for tag in ("en", "zh")}),
        "every": _all(lists[0].names, so or "…"),
        "so": so or "…",
    }
    place = _with_article(node.span)
    every_one = isinstance(node, n.Test) and isinstance(node.subject, n.Each)
    sure = bool(so) and len(lists) == 1 and not every_one
    fixes = (Fix(place, some[0].text(scope.language)),) if sure and place is not None else ()
    return Diagnostic("CR0237", place, data, fixes=fixes)


def _with_article(place: Span | None) -> Span | None:
    """A place with the article before it, which says nothing by itself."""
    found = None if place is None else _ARTICLE.search(place.source.text, max(0, place.start - 5), place.start)
    return place if place is None or found is None else Span(place.source, found.start(), place.end)


def _any(of: Names, so: str) -> Names:
    return Names.of(
        en=f"(number of {of.text('en')} where {so}) is at least 1", zh=f"{of.text('zh')}中，{so}的人数不少于1人"
    )


def _all(of: Names, so: str) -> Names:
    return Names.of(en=f"(share of {of.text('en')} where {so}) is 100%", zh=f"{of.text('zh')}中，{so}的比例为100%")


def _said(scope: Scope, node: n.Phrase, path: n.Path, entity: str) -> str:
    """The condition without the name of the member: `incumbent`, `post is chair`; empty where it says no known fact."""
    own = [step for step in path.steps if scope.member_called(step) is None]
    if own and own[0].span is not None and node.span is not None:
        return Span(node.span.source, own[0].span.start, node.span.end).text
    being = node.predicate if isinstance(node, n.Test) else None
    if not isinstance(being, n.Being) or not isinstance(being.value, n.Path) or len(being.value.steps) != 1:
        return ""
    what = being.value.steps[0].text
    wanted, fields = identifier(what), scope.vocabulary.entity(entity).fields
    if any(isinstance(one.type, TruthType) and wanted in forms(one.names) | forms(one.negative) for one in fields):
        denied = "并非" if scope.chinese else "not "
        return f"{denied}{what}" if being.negated else what
    choices = [one for one in fields if isinstance(one.type, ChoiceType) and wanted in _choices(one.type)]
    if len(choices) != 1:
        return ""
    words = ("为", "不是") if scope.chinese else (" is ", " is not ")
    return f"{choices[0].names.text(scope.language)}{words[being.negated]}{what}"


def _choices(type: ChoiceType) -> set[str]:
    return {form for choice in type.choices for form in forms(choice.names)}


def swallowed_comparison(scope: Scope, node: n.Tally, is_condition: Callable[[n.Phrase], bool], before: int) -> None:
    """`number of candidates where in good health is at least 1`: what is compared is the count, which needs brackets."""
    where = node.where
    if not isinstance(where, n.Test) or isinstance(where.predicate, n.Being | n.AnyListed):
        return
    if node.span is None or where.subject.span is None or not is_condition(where.subject):
        return
    text, cut = node.span.source.text, where.subject.span.end
    opening, closing = ("（", "）") if scope.chinese else ("(", ")")
    right = f"{opening}{text[node.span.start : cut]}{closing}{text[cut : node.span.end]}"
    data = {"found": node.span.text, "right": right}
    scope.diagnostics[before:] = [Diagnostic("CR0154", node.span, data, fixes=(Fix(node.span, right),))]
