"""Help for editors of mappings: hints, word matching, date formats, and dry runs."""
