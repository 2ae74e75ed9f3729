"""`--result`: the record of a count, and beside it the input that was counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from . import filing
from .filing import write

if TYPE_CHECKING:
    from civicrules import Report
    from civicrules.ballots import Ballots
    from civicrules.program import Allocation, Contest

    from .case import Case

Command = TypeVar("Command", bound=Callable[..., Any])


class Recording(NamedTuple):
    """Where the result goes, and whether files that are there may be overwritten."""

    path: Path | None = None
    force: bool = False

    @property
    def input(self) -> Path:
        """`result.json` has its input in `result.input.json`."""
        path = self.path or Path()
        return path.with_name(f"{path.name.removesuffix('.json')}.input.json")

    @property
    def files(self) -> tuple[Path, ...]:
        """The result and its input, where they are asked for."""
        return () if self.path is None else (self.path, self.input)


UNRECORDED = Recording()


def options(command: Command) -> Command:
    """`--output`, `--result` and `--force`."""
    for decorate in (
        click.option("--force", is_flag=True, help="With -o or --result: overwrite files that are there."),
        click.option(
            "--result",
            "result",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write the result to this file, with its canonical input beside it (FILE.input.json), to be verified.",
        ),
        filing.output,
    ):
        command = decorate(command)
    return command


def record(
    recording: Recording,
    case: Case,
    report: Report,
    chosen: Sequence[Contest | Allocation],
    ballots: Mapping[str, Ballots],
    counted: Sequence[Path],
) -> None:
    """Write both documents, or neither, and never over one of the files that were `counted`."""
    from civicrules.result import of_rules

    if recording.path is None:
        return
    facts, _ = case.rules.facts(case.plan)
    made = of_rules(case.rules, facts, tuple(zip(chosen, report.counts, strict=True)), ballots)
    files = {recording.path: made.result.encode(), recording.input: made.input.encode()}
    if problems := write(files, force=recording.force, read=counted):
        raise case.undone(*problems)
