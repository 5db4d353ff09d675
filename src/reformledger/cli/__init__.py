"""The command line: parses options, asks one function below, hands the result to a view."""
