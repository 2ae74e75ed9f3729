"""The command line: a file for each command. Importing it loads click and nothing that a command needs to work."""

from .app import main

__all__ = ["main"]
