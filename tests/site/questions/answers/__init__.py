"""What answers have in common: counts, comparisons, missing records, refusals, and where they are shown."""
