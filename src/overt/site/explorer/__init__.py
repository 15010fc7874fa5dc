"""The explorer: its state in the address, facets, country shading, and rows and map as files."""
