"""The desk: the application in which editors judge pairs of records on this machine. It is off by default and not for readers."""
