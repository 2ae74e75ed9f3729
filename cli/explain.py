"""`civicrules explain`: what the code of a diagnostic means."""

from __future__ import annotations

import click

from . import options


def _codes(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Every code, for the shell to complete."""
    from civicrules.codes import codes

    return [code for code in codes() if code.startswith(begun.upper())]


EPILOG = """\
\b
Examples
  civicrules explain CR0401
  civicrules explain cr0401 --lang zh
  civicrules explain
      all codes with their titles
"""


@options.command(epilog=EPILOG)
@click.argument("code", required=False, shell_complete=_codes)
@options.plain_language
@options.plain_format
def explain(code: str | None, lang: str | None, format: str) -> int:
    """Explain the code of a message, with an example. Without a CODE: list all codes.

    With --format json: an object with code, title, page, wrong and mended by language; without a CODE an object with
    the codes and their titles.
    """
    from .pages import every, explained

    return explained(code, lang, format) if code is not None else every(lang, format)
