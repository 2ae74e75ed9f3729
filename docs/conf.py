"""Settings of the documentation."""

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "civicrules"
author = "The civicrules contributors"
release = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

extensions = ["myst_parser", "codepages", "wordtables"]
exclude_patterns = ["_build", "_ext"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"description": "Election rules as law-like text", "page_width": "1000px"}
html_title = f"civicrules {release}"
# Texts in the rules language have no lexer of their own.
highlight_language = "none"
