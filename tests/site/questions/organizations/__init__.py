"""Questions about organisations: what they supply and own, what they said, and which lists they are on."""
