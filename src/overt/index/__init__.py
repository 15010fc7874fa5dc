"""The editions of a release, and the SQLite index that pages, search and the map read.

They are stored in `cache/`, the index as `cache/…/serve-<fingerprint>.sqlite`, and can be rebuilt at any time.
"""
