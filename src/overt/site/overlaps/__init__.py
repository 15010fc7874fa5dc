"""The page of source overlaps."""
