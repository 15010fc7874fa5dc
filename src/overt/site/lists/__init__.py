"""Pages that list companies, agreements and sources."""
