"""Parts of sentences on pages: marks of evidence, names as links, and lists of parts and clauses."""
