"""The projects that a question asks for: by conditions, scope, dates and years."""
