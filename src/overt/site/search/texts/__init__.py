"""Replies with what the texts of records say: descriptions, statements, provisions, causes of restrictions."""
