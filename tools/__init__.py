"""Tools for maintainers: generated pages and data, checks, pictures, lockfiles, wheels, and the Makefile's shell scripts."""
