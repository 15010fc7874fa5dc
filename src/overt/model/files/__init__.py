"""Files on disk: written atomically, unpacked, hashed."""
