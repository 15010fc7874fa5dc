"""The rule for the first sentences of a country's page."""
