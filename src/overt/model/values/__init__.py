"""Values in Overt's canonical form, such as dates and money; rules that compute with them; and models for source.yml."""
