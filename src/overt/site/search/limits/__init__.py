"""How answers deal with words of a question for which records have no field."""
