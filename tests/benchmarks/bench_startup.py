"""What somebody waits for at the terminal: `civicrules --help`, and `civicrules check` with a law and a notice under it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ratios import Ratio, commands_by_turns

from civicrules import shipped

RULESET = "cn.district-2012"

PLAN = """\
plan:
  ruleset: cn.district-2012
  day: 2012-07-20
community:
  households: 1601
  units: 240
  estate: ordinary
  electorate: representatives
  election day: 2012-08-20
  previous election day: 2009-08-21
  party members: 50
party organisation: {form: general branch, size: 5, secretaries: 1, deputies: 1}
residents committee: {size: 8, chairs: 1, vice chairs: 3, other members: 4}
assembly: {resident representatives: 50, unit representatives: 24}
supervision committee: {chairs: 1, vice chairs: 1}
"""


def ruleset(id: str) -> str:
    """The text of a shipped ruleset."""
    found = shipped().find("ruleset", id, "en")
    if found is None:
        raise LookupError(id)
    return found.source.text


def checked(id: str, status: int) -> float:
    """How many times an interpreter `check` of the plan takes, with a copy of a ruleset beside it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{id}.civic").write_text(ruleset(id), encoding="utf-8")
        (folder / "plan.yaml").write_text(PLAN.replace(RULESET, id), encoding="utf-8")
        return commands_by_turns(["check", "plan.yaml"], folder, [status])


def starting() -> tuple[Ratio, ...]:
    """The commands against `python -c pass`: a law of some 220 lines, and the notice of 660 lines under that law."""
    with TemporaryDirectory() as name:
        asked = commands_by_turns(["--help"], Path(name), [0])
    return (
        Ratio("civicrules --help", "python -c pass", asked, 8),
        Ratio("civicrules check, ruleset of 220 lines", "python -c pass", checked("cn.residents-law", 3), 40),
        Ratio("civicrules check, 660 lines under these", "python -c pass", checked(RULESET, 1), 80),
    )
