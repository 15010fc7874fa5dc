"""Help for editors of mappings: hints, matches of words, formats of dates, and imports that store nothing."""
