"""The search page, and replies to questions in words."""
