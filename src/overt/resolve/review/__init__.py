"""Review of pairs: people's judgements, the evidence that they see, and the effect of a judgement."""
