"""Tools for maintainers: generated documentation, pictures, comparisons, and the shell scripts of the Makefile."""
