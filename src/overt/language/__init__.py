"""The languages of Overt: catalogues, formats of numbers and dates, and CSV that is safe to open."""
