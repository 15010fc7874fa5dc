"""Names in Cyrillic, Arabic, Hangul and kana: words, sounds and parsing."""
