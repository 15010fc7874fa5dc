"""Names in Chinese characters: their words, sounds and spellings, and how they compare with names in Latin letters."""
