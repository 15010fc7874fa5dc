"""Check that a refactoring changes nothing that readers get."""
