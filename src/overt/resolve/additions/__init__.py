"""Complete records that an editor adds: a project with its roles, money, places and documents in one entry."""
