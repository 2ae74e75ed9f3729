"""`civicrules count`: count the contests of a ruleset on the totals of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from . import options, recorded

EPILOG = """\
\b
Examples
  civicrules count plan.xlsx
      every contest of the ruleset that the plan names
  civicrules count plan.xlsx "residents committee"
      one of them
  civicrules count plan.xlsx --decision "0f3a91c27d5e=Lin Xiaoyan"
      with the answer to the question 0f3a91c27d5e that the first count asked
  civicrules count plan.xlsx --decisions answers.txt
      where answers.txt has a line for each answer:
          0f3a91c27d5e=Lin Xiaoyan   # drawn by lot, 1 May, in public
  civicrules count plan.xlsx ward --ballots papers.csv
      the papers of a contest, one row each, instead of totals
  civicrules count plan.xlsx --format html -o count.html
      a page to print on A4 and to sign
  civicrules count plan.xlsx --result result.json
      and write the result, with result.input.json beside it, for civicrules verify

\b
A tie is never broken here: it is a question with a number, which somebody must decide.

\b
Exit status
  0  decided
  1  the vote is void
  2  the ruleset or the whole plan could not be used
  3  a decision is required, or what is given does not settle the result
"""


@options.command(epilog=EPILOG)
@options.plan
@click.argument("contest", required=False)
@click.option(
    "--ballots",
    "papers",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Count the papers in this file (CSV, JSON, workbook, BLT) instead of the plan's totals; several files add up.",
)
@options.decisions
@recorded.options
@options.personal
@options.language
@options.report_format
def count(
    plan: Path,
    contest: str | None,
    rules: Path | None,
    ruleset: str | None,
    papers: tuple[Path, ...],
    given: tuple[str, ...],
    file: Path | None,
    output: Path | None,
    result: Path | None,
    force: bool,
    personal: bool,
    lang: str | None,
    format: str,
) -> int:
    """Count a vote: who is elected, and how it was counted.

    PLAN holds the ballot account and the candidates with their totals. CONTEST is the name of one contest of the
    ruleset; without it all are counted.
    """
    from .case import Asked
    from .filing import Filing
    from .results import results

    asked = Asked(plan, rules, ruleset, lang, format, Filing(output, force))
    recording = recorded.Recording(result, force)
    return results(asked, "contest", contest, given, file, personal, recording, papers)
