"""Open Contracting for Infrastructure Data Standard (OC4IDS 0.9)."""
