"""Releases: tables that never change, have hashes, and can be reproduced byte for byte."""
