"""A plugin of civicrules: one value, in which every part stands."""

from __future__ import annotations

from civicrules.plugin import Plugin
from civicrules_example.draws import ROW
from civicrules_example.files import CSV, TOML
from civicrules_example.functions import NEXT_ODD
from civicrules_example.methods import EQUAL_SHARES, MOST_VOTES
from civicrules_example.texts import CLUB, ESPERANTO, ODD_COMMITTEE

PLUGIN = Plugin(
    "civicrules-example",
    "1.2.0",
    functions=(NEXT_ODD,),
    methods=(MOST_VOTES, EQUAL_SHARES),
    draws=(ROW,),
    readers=(TOML,),
    reporters=(CSV,),
    vocabularies=(CLUB,),
    rulesets=(ODD_COMMITTEE,),
    words=(ESPERANTO,),
)
