"""Files on disk: reading, atomic writing, hashing and unpacking."""
