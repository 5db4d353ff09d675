"""A draft beside a book that holds its year already: what is the same, what says something else, what is new."""
