"""Which denials remove a project from counts, and which are only shown with it."""
