"""Checks that a refactoring doesn't change what readers receive."""
