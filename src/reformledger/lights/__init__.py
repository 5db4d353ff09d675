"""What each light, reason and status means: ``pages/overdue.md`` in both languages, with an example."""
