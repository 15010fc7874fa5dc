"""Records and figures with all their details in a release, for commands and files."""
