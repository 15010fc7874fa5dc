"""On whom a country depends: suppliers, lenders and cables."""
