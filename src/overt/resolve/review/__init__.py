"""Pairs of records for editors to review: the evidence, the editors' judgements, and what these change."""
