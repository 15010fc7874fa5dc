"""Steps that several commands take: fetch, import, resolve, release, and make the index."""
