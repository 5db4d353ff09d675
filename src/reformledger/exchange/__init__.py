"""What goes out to departments in their own programs, and what comes back: forms to fill in, tables of their own."""
