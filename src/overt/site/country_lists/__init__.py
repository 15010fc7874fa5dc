"""Long lists of a country on pages of their own."""
