"""The vocabulary of questions, and the values that describe how a question was read."""
