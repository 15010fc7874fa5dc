"""The words of questions."""
