"""Find organisations in one country that are the same body although their present names differ."""
