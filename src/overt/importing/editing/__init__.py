"""Help for editors of mappings: dry runs and their first records, hints on problems, word matching, date formats, and YAML."""
