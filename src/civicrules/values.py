"""The decorator of frozen classes: `attrs.frozen` with one way to show them all.

attrs writes and compiles a `__repr__` for each class. For all the classes that a command loads this takes a good part
of the time until it answers, so that they share one here; everything else is as attrs has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type | None = None, /, **options: Any) -> Any:
        """`attrs.frozen`, shown alike.

        >>> @frozen
        ... class Point:
        ...     x: int
        ...     y: int = attrs.field(repr=False)
        >>> Point(1, 2)
        Point(x=1)
        """

        def made(cls: type) -> type:
            own = "__repr__" in vars(cls)
            made = attrs.frozen(cls, repr=False, **options)
            if not own:
                made.__repr__ = _shown
            return made

        return made if cls is None else made(cls)


def _shown(value: Any) -> str:
    shown = (f"{field.name}={getattr(value, field.name)!r}" for field in attrs.fields(type(value)) if field.repr)
    return f"{type(value).__qualname__}({', '.join(shown)})"


__all__ = ["frozen"]
