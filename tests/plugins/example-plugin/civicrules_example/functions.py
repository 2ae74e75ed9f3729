"""A function that rulesets can call: `next odd number of (members)`."""

from civicrules.plugin import Function
from civicrules.program import Names, NumberType

COUNT = NumberType(low=0)

NEXT_ODD = Function(
    names=Names.of(en="next odd number of", zh="进为奇数"),
    parameters=(COUNT,),
    result=NumberType(low=1),
    run=lambda number: number + 1 - number % 2,
    same_unit=True,
)
