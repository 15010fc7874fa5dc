"""The page of an agreement."""
