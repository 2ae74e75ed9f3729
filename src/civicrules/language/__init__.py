"""Text and tree: words, lexing, layout, parsing, and printing a tree back."""
