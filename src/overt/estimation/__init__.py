"""Multiple-systems estimation: how many there are, from who stands on which list. Knows numbers only."""
