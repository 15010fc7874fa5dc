"""What an answer does about words of a question that it has no field for."""
