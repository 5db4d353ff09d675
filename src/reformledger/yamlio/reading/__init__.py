"""Bytes to plain data and places."""
