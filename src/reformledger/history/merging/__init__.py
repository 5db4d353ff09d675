"""Merges of what two people made of one document: data by id, then the bytes of our side."""
