"""The languages of Overt: message catalogues, formats of numbers and dates, and CSV that is safe to open."""
