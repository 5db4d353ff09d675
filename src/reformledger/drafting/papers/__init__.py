"""What is written beside the documents of a draft: the page of its questions, and the account of its sources."""
