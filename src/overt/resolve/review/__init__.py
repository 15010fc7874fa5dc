"""Review of pairs: people's judgements, the evidence for them, and their effect."""
