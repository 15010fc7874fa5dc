"""Claims, records, vocabularies and the files of an atlas. Imports no other package of Overt."""
