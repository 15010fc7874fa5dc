"""Maps drawn on the server, for readers without JavaScript."""
