"""What changed, when and by whom: books at a revision of git, two states compared, and merges by id."""
