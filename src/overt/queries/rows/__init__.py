"""Row classes that several modules share."""
