"""Names in other scripts compared with Latin names: their words, their alignment and the probability that they are the same."""
