"""The fingerprint of facts: the same values give the same one, wherever they stood and however they were written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from civicrules.facts import Blank, Fact, FactList

_AS_THEY_ARE = frozenset((str, int, bool))
_CANONICAL = json.JSONEncoder(check_circular=False, sort_keys=True, separators=(",", ":"))


def digest(values: Mapping[str, Fact], lists: Mapping[str, FactList]) -> str:
    """The SHA-256, in hexadecimal, of the facts as canonical JSON (keys sorted, no spaces, ASCII); places do not count.

    Integers and yes/no are themselves; a fraction is `["n/d", n, d]` in lowest terms, with the precision of a
    percentage as a further pair; a day is `["day", "2012-08-20"]`; *none* is null; other texts are strings.
    """
    canonical = {
        "values": _all_plain(values),
        "lists": {
            id: [entry.complete, [_all_plain(row.values) for row in entry.rows]]
            for id, entry in lists.items()
        },
    }
    text = _CANONICAL.encode(canonical)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _all_plain(values: Mapping[str, Fact]) -> dict[str, object]:
    return {key: fact.value if type(fact.value) in _AS_THEY_ARE else _plain(fact) for key, fact in values.items()}


def _plain(fact: Fact) -> object:
    value = fact.value
    if isinstance(value, Fraction):
        pair: list[object] = ["n/d", value.numerator, value.denominator]
        return [*pair, fact.precision.numerator, fact.precision.denominator] if fact.precision is not None else pair
    if isinstance(value, date):
        return ["day", value.isoformat()]
    return None if isinstance(value, Blank) else str(value)
