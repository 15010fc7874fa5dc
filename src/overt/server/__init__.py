"""The server of one release: the application, its error pages, and the pages that it renders in advance."""
