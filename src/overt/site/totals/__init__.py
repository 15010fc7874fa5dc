"""The page of totals that others published."""
