"""Votes for candidates, post by post."""
