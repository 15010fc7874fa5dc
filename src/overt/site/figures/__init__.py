"""The list of figures."""
