"""The data of maps: points, routes, and the values by which countries are shaded."""
