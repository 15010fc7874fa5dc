"""Show that a change of structure changes nothing that readers get: pages, files and released tables of two versions are compared."""
