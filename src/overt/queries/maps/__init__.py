"""Points, routes, tiles and shades of maps."""
