"""The places of records: checked against their countries, or located by the gazetteer."""
