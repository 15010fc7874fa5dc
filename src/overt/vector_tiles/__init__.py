"""Encode the map as vector tiles (Mapbox Vector Tile 2.1) and PMTiles."""
