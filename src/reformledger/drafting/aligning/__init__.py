"""Tables that were pasted as text: the pieces of their cells are put back under their headings."""
