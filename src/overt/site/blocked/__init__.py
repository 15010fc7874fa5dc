"""Pages of platforms and domains."""
