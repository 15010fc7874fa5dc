"""The page of totals published by others."""
