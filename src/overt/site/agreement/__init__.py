"""The page of an agreement or law."""
