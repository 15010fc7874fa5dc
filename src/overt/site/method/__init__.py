"""How Overt works, for readers."""
