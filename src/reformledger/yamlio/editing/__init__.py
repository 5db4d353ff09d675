"""Edits of YAML text: splices, proved by reading again."""
