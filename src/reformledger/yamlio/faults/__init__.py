"""What is wrong with a text, in plain words."""
