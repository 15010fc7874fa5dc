"""Names of countries, regions and their members, and the towns that editors chose."""
