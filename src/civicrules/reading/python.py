"""Plans given from Python: nested mappings, or objects whose attributes are named as the vocabulary names its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from numbers import Rational

from civicrules.facts import Blank
from civicrules.reading.raw import Atom, Branch, Node, Series, Thing, Unreadable, Written, exact_of
from civicrules.source import Key

_MOST_DEPTH = 12
_MOST_ITEMS = 100_000
_MOST_DIGITS = 100
_EXACT_DIGITS, _MOST_OF_IDENTITY = 15, 18  # digits of any number that a float keeps, and of an identity number

Path = tuple[str | int, ...]


def node_of(value: object, path: Path) -> Node:
    """A Python value as a node; beyond 12 levels (a mapping that holds itself) it is unreadable."""
    place = Key(path)
    written = _written(value)
    if written is not None:
        return Atom(written, place)
    if len(path) > _MOST_DEPTH or isinstance(value, bytes | bytearray | memoryview):
        return Atom(Unreadable.VALUE, place)
    if isinstance(value, Mapping):
        keys = tuple(str(key) for key in value)
        nodes = tuple(node_of(item, (*path, key)) for key, item in zip(keys, value.values(), strict=False))
        return branch_of(keys, nodes, path)
    if isinstance(value, Iterable):
        items = _items(value)
        if items is None:
            return Atom(Unreadable.VALUE, place)
        return Series(tuple(node_of(item, (*path, number)) for number, item in enumerate(items, 1)), place)
    return Thing(value, path, place)


def branch_of(keys: tuple[str, ...], nodes: tuple[Node, ...], path: Path) -> Branch:
    """Keys with values, at a path."""
    return Branch(keys, nodes, Key(path), lambda at: Key((*path, keys[at])))


def _items(value: Iterable[object]) -> list[object] | None:
    """The items of a sequence, nothing when there are too many or when giving them out fails."""
    try:
        items = list(islice(value, _MOST_ITEMS + 1))
    except Exception:  # a lazy sequence, such as a database query, may raise anything
        return None
    return items if len(items) <= _MOST_ITEMS else None


def _written(value: object) -> Written | None:
    """A value a cell could hold; nothing for a container, an object, or what has no meaning as a value."""
    match value:
        case None:
            return ""
        case str() | bool() | Blank() | Unreadable():
            return value
        case datetime():
            return value.date() if value.time() == time() else value.isoformat(" ")
        case date():
            return value
        case float() if 10**_EXACT_DIGITS <= value < 10**_MOST_OF_IDENTITY:
            return f"{value:.15E}"  # an identity number that was kept as a float has lost its last digits
        case float():
            number = exact_of(value)
            return Unreadable.VALUE if number is None else _bounded(Fraction(number))
        case Decimal():
            small = value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS
            return _bounded(Fraction(value)) if small else Unreadable.VALUE
        case Rational():
            return _bounded(Fraction(int(value.numerator), int(value.denominator)))
        case time():
            return value.isoformat()
        case _:
            return None


def _bounded(value: Fraction) -> Written:
    """An exact number of a size that something can have; an integer where it is one."""
    if abs(value) >= 10**_MOST_DIGITS or value.denominator >= 10**_MOST_DIGITS:
        return Unreadable.VALUE
    return value.numerator if value.denominator == 1 else value


def attribute(thing: Thing, names: Iterable[str]) -> tuple[str, Node] | None:
    """The first of the names that an object has as an attribute, with its value; methods do not count."""
    for name in names:
        try:
            value = getattr(thing.value, name)
        except AttributeError:
            continue
        except Exception:  # a property may raise anything; the plan must still be read
            value = Unreadable.VALUE
        if not callable(value):
            return name, node_of(value, (*thing.path, name))
    return None
