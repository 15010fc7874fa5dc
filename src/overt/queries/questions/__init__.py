"""Questions: what is asked about which organisations, places, kinds and years, and what the release answers."""
