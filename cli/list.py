"""`civicrules list`: everything there is to use, and where it is from."""

from __future__ import annotations

from pathlib import Path

from . import options

EPILOG = """\
\b
Examples
  civicrules list
  civicrules list --rules my-rules
      with the rulesets of the folder my-rules
  civicrules list --format json
"""


@options.command("list", epilog=EPILOG)
@options.rules
@options.plain_language
@options.plain_format
def list_everything(rules: Path | None, lang: str | None, format: str) -> int:
    """List rulesets, methods, file formats, plugins.

    Also says where each is from, and which plugins could not be loaded and why.

    With --format json: an object with a list for each of them.
    """
    from .stock import listed

    return listed(rules, lang, format)
