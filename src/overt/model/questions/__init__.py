"""The vocabulary of questions."""
