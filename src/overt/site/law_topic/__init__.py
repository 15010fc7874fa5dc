"""The page of a topic of laws."""
