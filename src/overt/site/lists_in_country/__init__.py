"""Long lists of a country on separate pages."""
