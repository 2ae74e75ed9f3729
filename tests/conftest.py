"""How often a property is tried that does not say so itself, and with which examples.

The same examples every time, so that a change is refused for what it does and not for what chance found on that day;
CIVICRULES_FUZZ=20 looks twenty times as long, and at others each time. Where only the packing is in question,
`--hypothesis-profile=packed` tries ten.
"""

from __future__ import annotations

import os

from hypothesis import settings

times = int(os.environ.get("CIVICRULES_FUZZ", "0"))
settings.register_profile("ordinary", max_examples=50 * max(times, 1), derandomize=not times, database=None)
settings.register_profile("packed", max_examples=10, derandomize=True, database=None)
settings.load_profile("ordinary")
