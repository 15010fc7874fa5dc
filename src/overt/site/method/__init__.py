"""The page on how Overt works, for readers."""
