"""Claims, records, vocabularies and the files of an atlas. Imports nothing else of Overt."""
