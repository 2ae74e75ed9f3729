"""What a citation cites: one source with its article, or several with semicolons between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_GOES_ON = re.compile("[a-z0-9]{2}", re.IGNORECASE)  # a name that is only the beginning of another word
_BETWEEN = re.compile(r"(\s*[;；]\s*)")


def source_of(part: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The name of the source that a part of a citation begins with, the longest there is, and the article after it.

    >>> source_of("Measures of 2025 7", ["measures", "measures of 2025"])
    ('measures of 2025', '7')
    """
    for name in sorted(names, key=len, reverse=True):
        rest = part[len(name) :]
        if part.casefold().startswith(name.casefold()) and not _GOES_ON.match(name[-1:] + rest[:1]):
            return name, rest.strip()
    return None


def parts(text: str) -> tuple[str, ...]:
    """The sources of a citation, each with its article.

    >>> parts("办法 第七条；法律 第八条")
    ('办法 第七条', '法律 第八条')
    """
    return tuple(_BETWEEN.split(text)[::2])


def renamed(text: str, names: Mapping[str, str]) -> str:
    """A citation with other names of its sources; articles and the signs between sources stay as they are.

    >>> renamed("办法 第七条；法律 第八条", {"办法": "measures", "法律": "law"})
    'measures 第七条；law 第八条'
    """
    made = []
    for at, part in enumerate(_BETWEEN.split(text)):
        found = source_of(part, names) if at % 2 == 0 else None
        made.append(part if found is None else f"{names[found[0]]} {found[1]}".strip())
    return "".join(made)
