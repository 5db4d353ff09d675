"""Files by whole: what they are called, one writer at a time, written whole or not at all. Knows no YAML."""
