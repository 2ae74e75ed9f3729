"""The grammar of the rules language and one table of words per natural language. Data only."""
