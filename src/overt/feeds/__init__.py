"""The differences between two releases for use outside the site: as a self-contained page, and as a feed."""
