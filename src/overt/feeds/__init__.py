"""The differences between two releases for use elsewhere: a self-contained page, and a feed."""
