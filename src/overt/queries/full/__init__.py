"""Records and figures with everything that a release has about them, for commands and files."""
