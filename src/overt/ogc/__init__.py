"""OGC API – Features 1.0 over the served release, for GIS programs."""
