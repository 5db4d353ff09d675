"""What is known of every field, one row a field: its words, where it is shown, how it is written and what keeps it.

Every key of every model has a row, and so has what only the views derive. Records, questions, views, edits, rollover,
audit and the JSON Schema take what they need from it; how the value of a derived field is found is said in
``records``.
"""
