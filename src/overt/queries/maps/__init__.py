"""Points, routes, tiles and shading of maps."""
