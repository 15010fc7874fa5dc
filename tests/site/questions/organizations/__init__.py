"""Questions about organisations: what they supply, own, said, and on which lists they are."""
