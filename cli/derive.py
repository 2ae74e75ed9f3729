"""`civicrules derive`: what a lawful plan must look like."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules derive cn.district-2012 facts.yaml
      the sizes, posts, numbers and days that the notice leaves to this community
  civicrules derive cn.district-2012 facts.xlsx --format xlsx -o lawful.xlsx
      the same as a workbook
  civicrules derive cn.representatives facts.yaml --format ics -o calendar.ics
      the days, for the calendar of a mail program

\b
Exit status
  0  all that follows from the facts is told
  1  no lawful plan exists: sentences contradict each other, or what is chosen already
  2  the ruleset or the facts could not be used
  3  facts as found are missing for some sentences
"""


@options.command(epilog=EPILOG)
@click.argument("ruleset", metavar="RULESET", shell_complete=options.ruleset_names)
@click.argument("facts", metavar="FACTS", type=click.Path(path_type=Path))
@options.rules
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show each sentence from which nothing could be derived, and each step of an order.",
)
@click.option("--as-of", metavar="DAY", callback=options.day, help="Apply the law of this day, e.g. 2012-08-20.")
@options.language
@click.option(
    "--format",
    "format",
    type=click.Choice(["text", "json", "xlsx", "ics"]),
    default="text",
    show_default=True,
    help="text, json, a workbook, or a calendar (iCalendar).",
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write what is derived to this file."
)
@click.option("--force", is_flag=True, help="With -o: overwrite a file that is there.")
def derive(
    ruleset: str,
    facts: Path,
    rules: Path | None,
    everything: bool,
    as_of: date | None,
    lang: str | None,
    format: str,
    output: Path | None,
    force: bool,
) -> int:
    """Tell what a lawful plan must look like, from what is known of a community.

    RULESET is a name, a text (.civic) or a folder. FACTS is a plan file (.xlsx, .yaml, .json) that gives what is as
    found, such as the number of households, and the election day where it is set.
    """
    from .derived import Order, derived

    return derived(Order(ruleset, facts, rules, everything, as_of, lang, format, output, force))
