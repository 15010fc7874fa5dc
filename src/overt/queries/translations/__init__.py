"""Translations: Chinese versions of the texts in `content/`, and vocabulary and schema labels in a given language."""
