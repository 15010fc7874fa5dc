"""What maintainers run: generated documentation, and the shell scripts that the Makefile calls."""
