"""The server of one release: the application, its limits, error pages, older releases, and pages rendered in advance."""
