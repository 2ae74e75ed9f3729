"""`civicrules schema`: the input that a ruleset needs, as JSON Schema."""

from __future__ import annotations

from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules schema cn.district-2012
      show the schema, with the keys in the language of the ruleset
  civicrules schema cn.district-2012 --lang zh -o plan.schema.json
      write it to a file, with the keys in Chinese
  civicrules schema my-rules/cn.district-2012
      of your own copy

\b
What to do with it
  An editor completes and checks a plan while it is written, where the first line of plan.yaml is
    # yaml-language-server: $schema=plan.schema.json
  and a program validates what it sends, or makes a form of it.
"""


@options.command(epilog=EPILOG)
@click.argument("ruleset", metavar="RULESET", shell_complete=options.ruleset_names)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write the schema to this file.")
@click.option("--force", is_flag=True, help="With -o: overwrite a file that is there.")
@click.option(
    "--all", "every", is_flag=True, help="All facts of the vocabulary, not only those that the ruleset reads."
)
@options.rules
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="The language of keys and notes. [default: the ruleset's]"
)
def schema(ruleset: str, output: Path | None, force: bool, every: bool, rules: Path | None, lang: str | None) -> int:
    """Write the JSON Schema of the plans that a ruleset judges.

    RULESET is a name, a text (.civic) or a folder. The schema (draft 2020-12) holds for plans in YAML and JSON. It
    takes one spelling of each key; civicrules itself reads the names in either language, numbers with their units and
    much else. No fact is required: one that is missing is missing, and the report says what hangs on it.
    """
    from .described import Order, described

    return described(Order(ruleset, output, force, every, rules, lang))
