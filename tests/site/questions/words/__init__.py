"""How words of questions are read: names, years, exclusions, misspellings, and what is left out."""
