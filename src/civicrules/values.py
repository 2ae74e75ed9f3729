"""The decorator of frozen classes: `attrs.frozen` with one way to compare and to show them all.

attrs writes and compiles `__eq__`, `__hash__` and `__repr__` for each class. For all the classes that a command loads
this takes a good part of the time until it answers, so that they share them here; everything else is as attrs has it.
Without slots, which make each class twice and every field of a new value a call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type | None = None, /, *, eq: bool = True, **options: Any) -> Any:
        """`attrs.frozen`, compared and shown alike.

        >>> @frozen
        ... class Point:
        ...     x: int
        ...     y: int = attrs.field(repr=False)
        ...     name: str = attrs.field(default="", eq=False)
        >>> Point(1, 2), Point(1, 2) == Point(1, 2, "p"), Point(1, 2) == Point(1, 3), len({Point(1, 2), Point(1, 2)})
        (Point(x=1, name=''), True, False, 1)
        """

        def made(cls: type) -> type:
            own = vars(cls).keys()
            shared = {"__repr__": _shown}
            made = attrs.frozen(cls, repr=False, eq=False, slots=False, **options)
            if eq:
                shared |= _comparing(attrs.fields(made))
            for name in shared.keys() - own:
                setattr(made, name, shared[name])
            return made

        return made if cls is None else made(cls)


def _shown(value: Any) -> str:
    shown = (f"{field.name}={getattr(value, field.name)!r}" for field in attrs.fields(type(value)) if field.repr)
    return f"{type(value).__qualname__}({', '.join(shown)})"


def _comparing(fields: tuple[attrs.Attribute[Any], ...]) -> dict[str, Callable[..., Any]]:
    """`__eq__` and `__hash__` over the fields that count in comparisons, as attrs tells them."""
    compared = _values(field.name for field in fields if field.eq)
    hashed = _values(field.name for field in fields if (field.eq if field.hash is None else field.hash))

    def equal(self: Any, other: object) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_(self: Any) -> int:
        return hash((self.__class__, hashed(self)))

    return {"__eq__": equal, "__hash__": hash_}


def _values(names: Iterable[str]) -> Callable[[Any], Any]:
    named = tuple(names)
    return attrgetter(*named) if named else lambda value: ()


# Of a field: what stands beside the meaning of a value, and does not count when two are compared.
aside: dict[str, Any] = {"eq": False, "repr": False}

__all__ = ["aside", "frozen"]
