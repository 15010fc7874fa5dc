"""The index of a release, `cache/…/serve-<fingerprint>.sqlite`, for pages, search and map. It can be rebuilt at any time."""
