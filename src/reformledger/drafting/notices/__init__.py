"""Running text: its lines become paragraphs, and these a letter, sections and work points."""
