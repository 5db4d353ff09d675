"""Answers as sheets and JSON, before any layout."""
