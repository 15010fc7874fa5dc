"""The index of a release, `cache/…/serve-<fingerprint>.sqlite`, read by pages, search and map. It can be rebuilt at any time."""
