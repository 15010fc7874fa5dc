"""Releases: the public tables, which never change, have hashes, and can be reproduced byte for byte."""
