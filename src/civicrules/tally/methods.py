"""The counting and allocation methods that civicrules brings."""

from __future__ import annotations

from civicrules.plugin import Method
from civicrules.tally.allocation_methods import ALLOCATION_METHODS
from civicrules.tally.list_methods import LIST_METHODS
from civicrules.tally.majority_methods import MAJORITY_METHODS
from civicrules.tally.ranked_methods import RANKED_METHODS

METHODS: tuple[Method, ...] = (*MAJORITY_METHODS, *RANKED_METHODS, *LIST_METHODS, *ALLOCATION_METHODS)
