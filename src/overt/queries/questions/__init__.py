"""Parse questions about organisations, places, kinds and years, and find what the release answers."""
