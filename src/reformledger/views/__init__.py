"""Results as tables, blocks, JSON, CSV and Markdown: how things look, never what they mean."""
