"""`civicrules show`: a ruleset as a document to be read."""

from __future__ import annotations

from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules show cn.district-2012
      all that is in force of it, with the articles
  civicrules show cn.district-2012 "unit share" --lang zh
      one rule, in Chinese
  civicrules show my-rules/notice.civic --format json
      for another program, with character ranges
"""


@options.command(epilog=EPILOG)
@click.argument("ruleset", shell_complete=options.ruleset_names)
@click.argument("rule", required=False)
@options.rules
@options.plain_language
@options.plain_format
def show(ruleset: str, rule: str | None, rules: Path | None, lang: str | None, format: str) -> int:
    """Show a ruleset, and those above it, as one document.

    RULESET is a name or a text (.civic). RULE is the name of one rule, value, reading or contest, in either language.
    """
    from .shown import shown

    return shown(ruleset, rule, rules, lang, format)
