"""`civicrules check`: judge every sentence of a ruleset on a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import filing, options

EPILOG = """\
\b
Examples
  civicrules check plan.xlsx
      with the ruleset that the plan names
  civicrules check plan.yaml --rules my-rules
      with your own copy of it, from the folder my-rules
  civicrules check plan.xlsx --strict --lang en
      advice counts like a duty; the report is in English
  civicrules check plan.xlsx --why "unit share"
      how one rule came out as it did, step by step
  civicrules check plans/ --city city.yaml
      all plans of a folder, and what a city asks of its communities
  civicrules check plan.xlsx --format html -o report.html
      a page to print on A4 and to sign
  civicrules check plan.xlsx --format json -o report.json
      for another program

\b
Which ruleset: the plan names it. It is looked for in --rules, in the plan's own folder, among
those that come with civicrules, then among installed plugins; the report says which was taken.

\b
Exit status
  0  every binding sentence that applies holds, or was waived by those who may
  1  a binding sentence fails, or a vote that the plan states is void
  2  the ruleset or the whole plan could not be used
  3  none fails, but something cannot be said yet, or must be decided
"""


@options.command(epilog=EPILOG)
@options.plan
@click.option("--strict", is_flag=True, help="Advice (should) counts as binding (must).")
@click.option(
    "--readings",
    type=click.Choice(["taken", "all"]),
    default="taken",
    show_default=True,
    help="all: also judge under every other reading of the rules, and show the readings.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show the numbers of what holds and all members of lists, exceptions, and what does not apply.",
)
@click.option("--as-of", metavar="DAY", callback=options.day, help="Apply the law of this day, e.g. 2012-08-20.")
@click.option("--only", is_flag=True, help="The ruleset as it stands alone, without those it stands under.")
@click.option("--why", metavar="RULE", help="Tell why a rule came out as it did, down to the facts.")
@click.option(
    "--city",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With a folder of plans: facts of the city, or a list of its communities.",
)
@options.personal
@options.language
@options.report_format
@filing.options
def check(
    plan: Path,
    rules: Path | None,
    ruleset: str | None,
    strict: bool,
    readings: str,
    everything: bool,
    as_of: date | None,
    only: bool,
    why: str | None,
    city: Path | None,
    personal: bool,
    lang: str | None,
    format: str,
    output: Path | None,
    force: bool,
) -> int:
    """Check a plan: what holds, what fails, what cannot be said.

    PLAN is a workbook (.xlsx, .xls, .ods) or a text (.yaml, .json), or a folder of plans: then the communities are
    listed, those with open findings first, with what is asked of all of them together.
    """
    from .case import Asked, prepared

    asked = Asked(plan, rules, ruleset, lang, format, filing.Filing(output, force))
    if plan.is_dir():
        from .many import checked

        return checked(asked, city, as_of, strict, everything)
    case = prepared(asked)
    if why is not None:
        from .reasons import told

        return told(case, why, as_of, personal)
    report = case.rules.check(
        case.plan, law_day=as_of, all_readings=readings == "all", only=only, drawn=format == "html", counted=True
    )
    return case.deliver(report, strict=strict, readings_all=readings == "all", verbose=everything, personal=personal)
