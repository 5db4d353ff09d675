"""Rules over a book: what is well-formed and wrong, each finding with its place, its facts and its page."""
