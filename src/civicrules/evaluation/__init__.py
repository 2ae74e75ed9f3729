"""Program × Facts: findings with verdicts, numbers and reasons.

`prepare` turns a Program into an `Evaluator`, which judges any number of plans.
"""

from civicrules.evaluation.evaluator import Evaluator, prepare
from civicrules.tested import Outcome

__all__ = ["Evaluator", "Outcome", "prepare"]
