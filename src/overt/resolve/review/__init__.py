"""Review of pairs by editors: their judgements, the evidence for these, and their effect."""
