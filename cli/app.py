"""The group of all commands, and the one place where whatever happens becomes an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

import click

from civicrules.version import VERSION

from . import allocate, check, completion, count, derive, explain, fmt, methods, new, schema, show, test, verify
from . import list as listing
from .help import SpokenGroup, refusal
from .options import SETTINGS

EPILOG = """\
\b
Examples
  civicrules list
  civicrules new plan.xlsx --ruleset cn.district-2012
  civicrules check plan.xlsx
  civicrules explain CR0401

\b
Exit status
  0  every binding sentence that applies holds
  1  a binding sentence fails, or a vote is void
  2  the ruleset, the plan or the command could not be used
  3  none fails, but something cannot be said yet or must be decided
"""


@click.group("civicrules", cls=SpokenGroup, epilog=EPILOG, context_settings=SETTINGS)
@click.version_option(VERSION, message="%(prog)s %(version)s")
def commands() -> None:
    """Check election plans against rules, count votes, divide seats.

    Every command explains itself: civicrules check --help
    """


for command in (
    check.check,
    derive.derive,
    count.count,
    allocate.allocate,
    verify.verify,
    new.new,
    fmt.fmt,
    test.test,
    show.show,
    schema.schema,
    listing.list_everything,
    methods.methods,
    explain.explain,
    completion.completion,
):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and leave with its exit status. Whatever goes wrong is said in words."""
    gc.disable()  # a command ends soon; looking for cycles among all that it makes takes a tenth of its time
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; its exit status."""
    _open_streams()
    try:
        status = commands.main(arguments, prog_name="civicrules", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as problem:
        told = refusal(problem) if isinstance(problem, click.UsageError) else None
        if told is None:
            problem.show()
        else:
            from .output import put

            put(told, sys.stderr)
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except Exception as problem:  # whatever it is, its reader is not a programmer
        from .output import last_resort

        return last_resort(problem)
    return status if isinstance(status, int) else 0


def _open_streams() -> None:
    """A stream that was closed from outside leads nowhere; Python gives `None` for it, which nobody can write to."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
