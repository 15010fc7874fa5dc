"""What a reader gets for a question that has no answer: the reason, and what is on record beside it."""
