"""The board as one page for browsers: its charts, and the page around them."""
