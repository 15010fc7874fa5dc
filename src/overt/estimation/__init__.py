"""Multiple-systems estimation: the size of a population from overlapping, incomplete lists. Works on counts only."""
