"""The page of a claim."""
