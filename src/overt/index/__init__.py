"""The index of a release, `cache/…/serve-<fingerprint>.sqlite`, which pages, search and map read. It can be rebuilt at any time."""
