"""The desk: the application in which editors judge duplicates on this machine. It is off by default, and readers can't see it."""
