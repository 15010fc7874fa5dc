"""Tools for maintainers: generated documentation, pictures, comparisons, and the Makefile's shell scripts."""
