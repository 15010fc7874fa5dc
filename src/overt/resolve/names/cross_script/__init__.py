"""Names in any other script compared with Latin names: their words, alignment and probability of being the same."""
