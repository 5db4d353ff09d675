"""Sources are read: texts, Word documents, workbooks and tables become characters, lines and cells, or are refused."""
