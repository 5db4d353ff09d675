"""All that can be wrong with a text, said in plain words with what to type instead."""
