"""Which documents are independent of each other, and how many separate sources a value has."""
