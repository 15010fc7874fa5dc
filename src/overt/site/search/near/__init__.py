"""What is on record near a question that has no record: under all of its conditions but one or two."""
