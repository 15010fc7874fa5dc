"""Judgements at work: what to look at next, what speaks for and against, what it contradicts, and how atlases share it."""
