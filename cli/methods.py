"""`civicrules methods`: how contests can be counted and seats divided."""

from __future__ import annotations

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules methods
      every method in a line
  civicrules methods dhondt
      its history, what it favours, its source, and the keys it takes
  civicrules methods "single transferable vote" --lang zh
"""


@options.command(epilog=EPILOG)
@click.argument("method", required=False)
@options.plain_language
@options.plain_format
def methods(method: str | None, lang: str | None, format: str) -> int:
    """Explain the methods of counting and of dividing seats. Without a METHOD: list all.

    METHOD is its name in either language. A contest or an allocation names it with the key "method"; the keys listed
    here are the lines that may stand below it.

    With --format json: an object for the method, or an object with a list of all.
    """
    from .offered import every, explained

    return explained(method, lang, format) if method is not None else every(lang, format)
