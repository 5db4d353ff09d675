"""Notices and tables become drafts of documents: every character of a source is used, or asked about."""
