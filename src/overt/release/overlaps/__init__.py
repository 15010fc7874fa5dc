"""Which sources cover the same things."""
