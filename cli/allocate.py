"""`civicrules allocate`: divide seats among the members of a list."""

from __future__ import annotations

from pathlib import Path

import click

from . import options, recorded

EPILOG = """\
\b
Examples
  civicrules allocate plan.xlsx
      every allocation of the ruleset that the plan names
  civicrules allocate plan.xlsx "resident representatives" --format json
      one of them, for another program
  civicrules allocate plan.xlsx --decision "0f3a91c27d5e=Group 3"
      with the answer to the question 0f3a91c27d5e that the first run asked
  civicrules allocate plan.xlsx --format html -o allocate.html
      a page to print on A4 and to sign
  civicrules allocate plan.xlsx --result result.json
      and write the result, with result.input.json beside it, for civicrules verify

\b
Exit status
  0  all seats are allocated
  1  no allocation is possible with these numbers
  2  the ruleset or the whole plan could not be used
  3  a decision is required, or what is given does not settle the result
"""


@options.command(epilog=EPILOG)
@options.plan
@click.argument("allocation", required=False)
@options.decisions
@recorded.options
@options.language
@options.report_format
def allocate(
    plan: Path,
    allocation: str | None,
    rules: Path | None,
    ruleset: str | None,
    given: tuple[str, ...],
    file: Path | None,
    output: Path | None,
    result: Path | None,
    force: bool,
    lang: str | None,
    format: str,
) -> int:
    """Divide seats: who gets how many, and how it was computed.

    PLAN holds the list among whose members seats are divided. ALLOCATION is the name of one allocation of the
    ruleset; without it all are carried out.
    """
    from .case import Asked
    from .filing import Filing
    from .results import results

    asked = Asked(plan, rules, ruleset, lang, format, Filing(output, force))
    recording = recorded.Recording(result, force)
    return results(asked, "allocation", allocation, given, file, recording=recording)
