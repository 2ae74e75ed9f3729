"""`civicrules test`: a ruleset's own examples, and what they leave untouched."""

from __future__ import annotations

from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules test cn.district-2012
      the examples of a ruleset by its name
  civicrules test my-rules
      of all rulesets in a folder
  civicrules test my-rules/cn.district-2012/rules.en.civic
      of one text
  civicrules test my-rules --format json > tested.json
      for another program

\b
An example stands in the ruleset itself, for instance
  example required representatives is set by households:
    1500: 50
    1600: 51
or
  example "one household too few"
    given households is 1599
    expect required representatives: 50
or, under a reading other than the one taken,
  example "a started hundred counts"
    reading started hundred: rounded up
    given households is 1501
    expect required representatives: 51

\b
Exit status
  0  every expectation comes out, whatever the examples leave untouched
  1  an expectation does not come out
  2  a ruleset could not be used
"""


@options.command(epilog=EPILOG)
@click.argument("rulesets", metavar="RULESET...", nargs=-1, required=True, shell_complete=options.ruleset_names)
@options.rules
@options.plain_language
@options.plain_format
def test(rulesets: tuple[str, ...], rules: Path | None, lang: str | None, format: str) -> int:
    """Run the examples that a ruleset carries.

    RULESET is a name, a text (.civic) or a folder. An expectation that does not come out is shown with what was
    expected, what was found and its place in the text.

    Then follows what no example touches, as a hint where to write the next one: rules that no example sees hold or
    fail, rows that count in none, exceptions that apply in none, and options of readings under which nothing that is
    expected comes out otherwise.
    """
    from .tested import Order, tested

    return tested(Order(rulesets, rules, lang, format))
