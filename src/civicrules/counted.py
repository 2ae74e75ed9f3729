"""The words for the ids that an outcome holds: posts, bases of majorities, answers to ties, reasons, missing facts."""

from __future__ import annotations

from collections.abc import Mapping

from civicrules import tally
from civicrules.evaluation.requests import Bound
from civicrules.outcome import CannotSay, Outcome
from civicrules.plugin import Method
from civicrules.program import Names, Vocabulary


def outcome_words(vocabulary: Vocabulary, method: Method, bound: Bound, outcome: Outcome) -> Mapping[str, Names]:
    """Names by id, for a report: what the request calls its parts, and what the method calls its options."""
    keys = {f"options/{parameter.id}": parameter.names for parameter in method.parameters}
    options = {id: names for parameter in method.parameters for id, names in parameter.options}
    requirements = bound.request.validity if isinstance(bound.request, tally.Contest) else ()
    conditions = {one.id: one.names for one in requirements if one.names.forms}
    missing = outcome.missing if isinstance(outcome, CannotSay) else ()
    fields = {item.key: item.names for entity in vocabulary.entities for item in entity.fields}
    lists = {entry.id: entry.names for entry in vocabulary.lists}
    facts = {key: names for key in missing if (names := fields.get(key) or lists.get(key)) is not None}
    return {
        **tally.BASES,
        **options,
        **conditions,
        **bound.names,
        **tally.missing_words(missing, bound.names),
        **{key: names for key, names in keys.items() if key in missing},
        **facts,
    }
