"""Countries and territories, their names, regions and their members, and the towns that editors chose."""
