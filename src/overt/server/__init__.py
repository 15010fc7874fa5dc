"""The server of one release: the application, its error pages, and what it prepares before readers ask."""
