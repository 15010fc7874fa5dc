"""Maps drawn on the server, which need no JavaScript."""
