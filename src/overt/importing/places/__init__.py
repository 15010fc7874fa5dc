"""Places of records: checked against their countries, or placed by the gazetteer."""
