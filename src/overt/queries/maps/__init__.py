"""What maps show: points, routes, tiles, shading, colours of cables, and the columns that the explorer loads."""
