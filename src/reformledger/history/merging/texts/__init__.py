"""The bytes of a merge: proved texts, comments that stay, conflicts between markers."""
