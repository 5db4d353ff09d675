"""What any text holds: folding for comparison, nearest words, numerals, counts, titles, masking. Knows no ledger."""
