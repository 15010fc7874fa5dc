"""The first sentences of a country's page: their rule, and the sentence on blocks without a reported end."""
