"""`civicrules new`: the form to fill in, or a copy of a ruleset to edit."""

from __future__ import annotations

from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules new plan.xlsx --ruleset cn.district-2012
      a workbook to fill in, with a place for every fact that the ruleset asks for
  civicrules new plan.yaml --ruleset cn.district-2012 --lang zh
      the same as a commented text, in Chinese
  civicrules new my-rules --ruleset cn.district-2012
      a copy of the ruleset and its vocabulary, in the folder my-rules, for you to edit
  civicrules check plan.xlsx --rules my-rules
      and a plan checked with the copy
"""


@options.command(epilog=EPILOG)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--ruleset",
    metavar="NAME",
    required=True,
    shell_complete=options.ruleset_names,
    help="The ruleset (civicrules list names them).",
)
@options.rules
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@options.plain_language
@options.plain_format
def new(path: Path | None, ruleset: str, rules: Path | None, force: bool, lang: str | None, format: str) -> int:
    """Write the form to fill in, or a ruleset to edit.

    A PATH that ends in .xlsx, .yaml or .json is the form. Any other PATH is a folder, by default this one, for the
    copy: one text, in the language of --lang, as NAME/rules.en.civic or NAME/rules.zh.civic, and the vocabularies
    it uses. One text is enough: it serves plans and reports in both languages.

    With --format json: an object with the files written and the ruleset.
    """
    from .writing import Order, written

    return written(Order(path, ruleset, rules, force, lang, format))
