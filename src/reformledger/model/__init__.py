"""What a ledger is: deadlines, names, entries, documents, life cycle. Pure: no file, no clock, no terminal."""
