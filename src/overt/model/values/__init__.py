"""Values in Overt's canonical form (dates, money, geometry, text), rules that compute with them, and models of source.yml."""
