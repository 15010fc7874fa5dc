"""Names in Chinese characters: a dictionary of their words, and how their sounds are spelled in Latin letters."""
