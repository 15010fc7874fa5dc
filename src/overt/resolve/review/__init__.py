"""Review of pairs: the judgements of people, the evidence they see, and the effect of their judgements."""
