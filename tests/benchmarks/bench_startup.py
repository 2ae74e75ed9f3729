"""What somebody waits for at the terminal: `civicrules --help`, and `civicrules check` with the notice of 2012."""

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


def ruleset() -> str:
    """The shipped notice."""
    found = shipped().find("ruleset", RULESET, "en")
    if found is None:
        raise LookupError(RULESET)
    return found.source.text


def starting() -> tuple[Ratio, ...]:
    """Both commands against `python -c pass`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{RULESET}.civic").write_text(ruleset(), encoding="utf-8")
        (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
        asked = commands_by_turns(["--help"], folder, [0])
        checked = commands_by_turns(["check", "plan.yaml"], folder, [1])
    return (
        Ratio("civicrules --help", "python -c pass", asked, 8),
        Ratio("civicrules check, the notice of 2012", "python -c pass", checked, 40),
    )
