"""The page of a region or grouping of countries, and the list of regions."""
