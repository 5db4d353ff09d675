"""Answers as text and bytes: one module a format, and the registry of them all."""
