"""What each intent may do, and what it changes."""
