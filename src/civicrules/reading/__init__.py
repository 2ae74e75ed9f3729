"""Files → Facts: plans from workbooks, YAML, JSON and Python, typed by a vocabulary.

`read` gives a plan as written, without knowing any vocabulary; `header` says which ruleset it names; `bind` types
its facts.
"""

from __future__ import annotations

from civicrules.reading.bind import Binder, bind, prepare
from civicrules.reading.header import from_mapping, header
from civicrules.reading.raw import Raw
from civicrules.reading.read import READERS, read
from civicrules.reading.rolls import in_two_communities

__all__ = ["READERS", "Binder", "Raw", "bind", "from_mapping", "header", "in_two_communities", "prepare", "read"]
