"""The map as vector tiles: over HTTP one at a time, and all of an edition in one PMTiles file. See docs/decisions/0029."""
