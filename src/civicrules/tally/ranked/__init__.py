"""Papers with preferences in order: single transferable vote, instant run-off."""
