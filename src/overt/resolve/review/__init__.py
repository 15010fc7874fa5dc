"""Review of pairs: what people judge, the evidence they see, and what becomes of their judgements."""
