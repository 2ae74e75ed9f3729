"""Text that arrives: signs that a terminal lacks fall back, characters that cannot be shown are escaped visibly.

Nothing is ever dropped, and writing never raises because of a character. Colour is only for terminals.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO

# For each sign what stands in for it, the first that the encoding has (GBK has √ and ×, ASCII neither).
_STAND_INS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "✓": ("√", "+"),
        "✗": ("×", "x"),
        "√": ("+",),
        "×": ("x",),
        "→": ("->",),
        "›": (">",),
        "…": ("...",),
        "≤": ("<=",),
        "≥": (">=",),
        "≠": ("!=",),
        "÷": ("/",),
        "—": ("--",),
        "–": ("-",),
        "−": ("-",),
        "·": ("-",),
        "“": ('"',),
        "”": ('"',),
        "‘": ("'",),
        "’": ("'",),
        "「": ('"',),
        "」": ('"',),
        "《": ("<",),
        "》": (">",),
        "〔": ("[",),
        "〕": ("]",),
        "【": ("[",),
        "】": ("]",),
        "、": (", ",),
        "。": (". ",),
        "％": ("%",),
        "\u00a0": (" ",),
        "\u3000": ("  ",),
    }
)


def encode(text: str, encoding: str) -> str:
    """The text in characters that the encoding has. Doing it twice changes nothing more.

    >>> encode("✓ 32 ≤ 40 — 户", "ascii")
    '+ 32 <= 40 -- \\\\u6237'
    """
    if _has(encoding, text):
        return text
    return "".join(char if _has(encoding, char) else _stand_in(char, encoding) for char in text)


def _stand_in(char: str, encoding: str) -> str:
    for text in _STAND_INS.get(char, ()):
        if _has(encoding, text):
            return text
    if "\uff01" <= char <= "\uff5e":
        return unicodedata.normalize("NFKC", char)
    return escaped(char)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeError, LookupError):
        return _is_unknown(encoding) and text.isascii()
    return True


def _is_unknown(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return True
    return False


def escaped(char: str) -> str:
    r"""A character as its number, visibly.

    >>> escaped("户"), escaped("😀")
    ('\\u6237', '\\U0001f600')
    """
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def safe(text: str) -> str:
    r"""The text with control characters, marks that turn the writing direction, and invisible characters made visible.

    >>> safe("a\u202eb\x1b[0m")
    'a\\u202eb\\u001b[0m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(escaped(char) if _is_unsafe(char) else char for char in text)


def _is_unsafe(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\n\t"


def colour(stream: IO[str], environment: Mapping[str, str] | None = None) -> bool:
    """Whether to colour what goes to a stream: only on a terminal, and not where `NO_COLOR` is set or it is `dumb`."""
    surroundings = os.environ if environment is None else environment
    if surroundings.get("NO_COLOR") or surroundings.get("TERM") == "dumb":
        return False
    return stream.isatty()


def columns() -> int:
    """The columns to write in: those of the terminal within 40 and 160, 100 where there is none."""
    return max(40, min(160, shutil.get_terminal_size((100, 24)).columns))


def encoding(stream: IO[str]) -> str:
    """The encoding of a stream; UTF-8 where it has none, as a text kept in memory."""
    return getattr(stream, "encoding", None) or "utf-8"


def write(stream: IO[str], text: str) -> None:
    """Write a text and a line end, in what the stream's encoding can show."""
    import click

    click.echo(encode(text, encoding(stream)), file=stream, color=True if colour(stream) else None)
