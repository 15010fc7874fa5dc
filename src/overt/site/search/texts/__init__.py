"""Replies from the texts of records: descriptions, statements, provisions and causes of restrictions."""
