"""The page of a platform."""
