"""Multiple-systems estimation: how many people there are, from overlapping lists of some of them. Works on counts only."""
