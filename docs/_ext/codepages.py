"""The directive `code-pages`: every diagnostic with its page, read from `src/civicrules/codes/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

CODES = Path(__file__).parents[2] / "src" / "civicrules" / "codes"


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(CODES.glob("*.yaml")):
        yield from (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items()


def page(code: str, entry: dict[str, Any]) -> str:
    parts = [f"## {code}", f"**{entry['title']['en']}** · {entry['title']['zh']}"]
    for tag, wrong, mended in (("en", "Wrong:", "Mended:"), ("zh", "有误：", "改正：")):
        parts.append(entry["page"][tag].strip())
        for label, text in ((wrong, entry["wrong"][tag]), (mended, entry["mended"][tag])):
            parts.append(f"{label}\n\n````\n{text.rstrip()}\n````")
    return "\n\n".join(parts)


class CodePages(SphinxDirective):
    """Writes the pages of all codes in their order."""

    def run(self) -> list[nodes.Node]:
        for path in CODES.glob("*.yaml"):
            self.env.note_dependency(str(path))
        text = "\n\n".join(page(code, entry) for code, entry in sorted(entries()))
        return self.parse_text_to_nodes(StringList(text.splitlines(), source=str(CODES)), allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("code-pages", CodePages)
    return {"parallel_read_safe": True}
