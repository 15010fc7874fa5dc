"""`serve-<fingerprint>.sqlite` in `cache/`: one release in the form that pages, search and map read; it can always be deleted."""
