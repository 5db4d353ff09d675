"""Git asked: commits, what files held at them, and each state in which history cannot be read."""
