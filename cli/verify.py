"""`civicrules verify`: check a result against the input that was counted."""

from __future__ import annotations

import re
from pathlib import Path

import click

from . import options

EPILOG = """\
\b
Examples
  civicrules verify result.json result.input.json
      count again from the input, and compare
  civicrules verify result.json result.input.json --rules rules.en.civic
      and see whether this is the text of the ruleset that was applied
  civicrules verify result.json
      without the input: only whether the result agrees with itself

\b
Whoever does not trust this program runs its one file alone, with nothing installed but Python:
  python verify.py result.json result.input.json

\b
Exit status
  0  verified
  1  rejected
  2  a file could not be used
  3  not wholly verified: no certificate for a method, or no input was given
"""


@options.command(epilog=EPILOG)
@click.argument("result", type=click.Path(path_type=Path))
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--rules",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The text of the ruleset; its hash is compared. May be repeated.",
)
@options.plain_language
def verify(result: Path, inputs: tuple[Path, ...], rules: tuple[Path, ...], lang: str | None) -> int:
    """Verify a result: recompute it from the count.

    RESULT is what count or allocate wrote with --result, INPUT the canonical input beside it. The ballot account,
    majorities, plurality by post, divisors, largest remainders and the Scottish single transferable vote are counted
    again by a module that shares nothing with the one that counted. The parameters of the count are printed, to be
    compared with the ruleset.
    """
    from civicrules import verify as verifier

    from .language import of_computer
    from .output import put

    language = lang or of_computer()
    read = {path: _read(path, language) for path in (result, *inputs, *rules)}
    status, lines = verifier.verify(read[result], [read[one] for one in inputs], [read[one] for one in rules], language)
    put("\n".join(part for line in "\n".join(lines).split("\n") for part in _wrapped(line)))
    return status


def _wrapped(line: str) -> list[str]:
    """A line at the width of the terminal: what goes on stands under what it began with, behind its number."""
    from civicrules.report.layout import wrap
    from civicrules.report.terminal import columns

    lead = re.match(r" *(\d+\. |= )?", line)
    start = lead[0] if lead else ""
    return wrap(line[len(start) :], columns(), start, " " * len(start)) if line else [""]


def _read(path: Path, language: str) -> bytes:
    from civicrules.diagnostics import Diagnostic

    from .files import unusable_file
    from .output import Unusable
    from .words import names

    problem = unusable_file(path)
    if problem is None:
        try:
            return path.read_bytes()
        except OSError as why:
            data = {"file": str(path), "missing_folder": "", "reason": why.strerror or ""}
            problem = Diagnostic("CR0809", None, data)
    raise Unusable((problem,), language, last=names("nothing done"))
