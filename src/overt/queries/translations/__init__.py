"""Texts in the languages of the site: Chinese texts of content, and labels in one language."""
