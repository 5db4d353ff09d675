"""What a finished draft may say besides: each proposal is a question, and none changes the draft."""
