"""Names in Chinese characters: their words, sounds and spellings; and how names in any script compare with Latin names."""
