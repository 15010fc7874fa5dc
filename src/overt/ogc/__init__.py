"""OGC API – Features 1.0 over the served edition, for map programs; and the tiles of its map."""
