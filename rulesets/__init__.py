"""Vocabularies and rulesets, a folder each. Data only."""
