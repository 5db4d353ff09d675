"""What may be done to a ledger: intents → edits of documents → files written without loss. No Typer, no Rich."""
