"""Replies about ownership, for questions that name several organisations."""
