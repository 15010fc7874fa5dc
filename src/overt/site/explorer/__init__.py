"""The explorer: the state in its address, its facets, the shading of countries, and its rows and map as files."""
