"""Replies to questions about laws and agreements."""
