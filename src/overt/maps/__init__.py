"""Maps and charts drawn on the server, for readers without JavaScript."""
