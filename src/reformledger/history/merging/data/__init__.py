"""Three states of plain data made one: who changed what, what cannot both be true, and what settles it."""
