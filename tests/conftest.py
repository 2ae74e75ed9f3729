"""How often a property is tried that does not say so itself: fifty times, and more where CIVICRULES_FUZZ asks for it."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ordinary", max_examples=50 * int(os.environ.get("CIVICRULES_FUZZ", "1")))
settings.load_profile("ordinary")
