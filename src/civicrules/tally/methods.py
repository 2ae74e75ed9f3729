"""The counting and allocation methods that civicrules brings."""

from __future__ import annotations

from civicrules.plugin import Method
from civicrules.tally.lists.methods import LIST_METHODS
from civicrules.tally.posts.methods import MAJORITY_METHODS
from civicrules.tally.ranked.methods import RANKED_METHODS
from civicrules.tally.seats.methods import ALLOCATION_METHODS

METHODS: tuple[Method, ...] = (*MAJORITY_METHODS, *RANKED_METHODS, *LIST_METHODS, *ALLOCATION_METHODS)
