"""The page of the served release."""
