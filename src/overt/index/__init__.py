"""The editions of a release, and its index, `cache/…/serve-<fingerprint>.sqlite`, for pages, search and the map.

Both can be rebuilt at any time.
"""
