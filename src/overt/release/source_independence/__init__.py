"""Which documents are independent of each other, and how many independent sources a value has."""
