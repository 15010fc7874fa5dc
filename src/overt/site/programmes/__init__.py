"""The list of state programmes."""
