"""What happened, by whom and when: commit by commit, in the life of one entry, since a day."""
