"""Releases: the public tables, which never change, are hashed, and can be reproduced to the byte."""
