"""How often a property is tried that does not say so itself: fifty times, and more where CIVICRULES_FUZZ asks for it.

Where only the packing is in question, `--hypothesis-profile=packed` tries it ten times.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ordinary", max_examples=50 * int(os.environ.get("CIVICRULES_FUZZ", "1")))
settings.register_profile("packed", max_examples=10)
settings.load_profile("ordinary")
