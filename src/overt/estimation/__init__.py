"""Multiple-systems estimation: the size of a population from overlapping, incomplete lists. Only counts are needed."""
