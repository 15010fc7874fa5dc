"""The languages of Overt: message catalogues, formats of numbers and dates, the order of labels, citations, and safe CSV."""
