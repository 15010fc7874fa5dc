"""Questions that are declined because of what they ask for."""
