"""Show that a change of structure changes nothing that readers get."""
