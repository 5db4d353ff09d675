"""Next year's documents from what is not closed out."""
