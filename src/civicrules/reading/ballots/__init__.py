"""Ballots: papers from CSV tables, workbooks and JSON (`civicrules-ballots/1`), and back.

`read_ballots` reads one file or several together, with an account of every row; `write_ballots` writes what reads the
same again.
"""

from civicrules.reading.ballots.document import FORMAT
from civicrules.reading.ballots.read import read_ballots
from civicrules.reading.ballots.writing import write_ballots

__all__ = ["FORMAT", "read_ballots", "write_ballots"]
