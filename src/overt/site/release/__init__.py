"""The page of the release that is served."""
