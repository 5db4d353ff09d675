"""Two states of documents as plain data: what differs, by ids, names and records, and the words for it."""
