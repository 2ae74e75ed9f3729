"""The directive `word-table`: the words of the language side by side, read from `grammars/words.*.yaml`."""

from __future__ import annotations

from pathlib import Path

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

GRAMMARS = Path(__file__).parents[2] / "grammars"


def rows(kind: str) -> list[str]:
    """A Markdown table of one part of the word tables: the first phrase of each is the one that is printed."""
    tables = [yaml.safe_load((GRAMMARS / f"words.{tag}.yaml").read_text(encoding="utf-8")) for tag in ("en", "zh")]
    found = ["| English | 中文 |", "| --- | --- |"]
    for key in dict.fromkeys(key for table in tables for key in table[kind]):
        english, chinese = (table[kind].get(key, ()) for table in tables)
        found.append(f"| {', '.join(english) or '—'} | {'、'.join(chinese) or '—'} |")
    return found


class WordTable(SphinxDirective):
    """Writes the words of `keywords`, `declarations`, `openers` or `keys`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        for path in GRAMMARS.glob("words.*.yaml"):
            self.env.note_dependency(str(path))
        return self.parse_text_to_nodes(StringList(rows(self.arguments[0]), source=str(GRAMMARS)))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("word-table", WordTable)
    return {"parallel_read_safe": True}
