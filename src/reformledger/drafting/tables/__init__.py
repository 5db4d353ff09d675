"""Tables: their headings and cells become the parts, tables and rows of a ledger."""
