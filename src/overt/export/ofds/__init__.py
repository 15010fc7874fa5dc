"""Open Fibre Data Standard (OFDS 0.4)."""
