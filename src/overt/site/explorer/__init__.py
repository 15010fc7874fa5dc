"""The explorer: what its address says, its facets, what countries are shaded by, and the same rows and map as files."""
