"""Three-way merges of documents: of plain data by id, then of the texts that hold them.

*Ours* and *theirs* are what two people made of one *base*. A *clash* is a value that both changed, each otherwise; a
*conflict* is what a person has to settle: a clash, or two changes that cannot both be true of one entry.
"""
