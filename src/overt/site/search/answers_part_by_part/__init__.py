"""Questions that are answered part by part: comparisons, halves, pairs of names and places, and several places."""
