"""Documents of Word: the page of an official document, its paragraphs and tables; everything else is handed in."""
