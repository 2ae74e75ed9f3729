"""Whether a value handed over by somebody else's code has the type that its annotation promises."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping, Sequence

import attrs

# `plugin.py` names the report for type checkers only; what a reporter takes is not checked here.
_LATER = {"Report": object}


def misfit(value: object, hint: object, at: str = "") -> str | None:
    """The path to the first part of `value` that is not what `hint` says; `None` when all of it fits.

    A path leads from the outside in: `functions[0].result`. Attrs classes are checked field by field, of callables only
    that they can be called. A `bool` is not accepted where a number is declared.

    >>> misfit((1, "2"), tuple[int, ...], "seats"), misfit((1, 2), tuple[int, ...], "seats")
    ('seats[1]', None)
    """
    if hint is typing.Any or hint is object:
        return None
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return None if any(misfit(value, arm, at) is None for arm in typing.get_args(hint)) else at
    if origin in (tuple, Sequence, Mapping):
        return _collection_misfit(value, origin, typing.get_args(hint), at)
    if origin is Callable or hint is Callable:
        return None if callable(value) else at
    return _plain_misfit(value, type(None) if hint is None else hint, at)


def _collection_misfit(value: object, origin: object, arguments: tuple[object, ...], at: str) -> str | None:
    if origin is Mapping:
        if not isinstance(value, Mapping):
            return at
        key, item = arguments
        wrong_keys = (at for name in value if misfit(name, key) is not None)
        wrong_items = (misfit(held, item, f"{at}[{name}]") for name, held in value.items())
        return next(wrong_keys, None) or next(filter(None, wrong_items), None)
    if not isinstance(value, tuple if origin is tuple else Sequence) or isinstance(value, str):
        return at
    many = origin is Sequence or arguments[-1] is Ellipsis
    if not many and len(value) != len(arguments):
        return at
    hints = (arguments[0],) * len(value) if many else arguments
    inner = (misfit(item, hint, f"{at}[{i}]") for i, (item, hint) in enumerate(zip(value, hints, strict=True)))
    return next(filter(None, inner), None)


def _plain_misfit(value: object, hint: object, at: str) -> str | None:
    if not isinstance(hint, type) or not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        return at
    if not attrs.has(type(value)):
        return None
    inner = (
        misfit(getattr(value, name), kind, f"{at}.{name}" if at else name)
        for name, kind in _field_types(type(value)).items()
    )
    return next(filter(None, inner), None)


def _field_types(of: type) -> Mapping[str, object]:
    """The declared type of every field."""
    hints = typing.get_type_hints(of, localns=_LATER)
    return {entry.name: hints[entry.name] for entry in attrs.fields(of)}
