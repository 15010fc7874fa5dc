"""Text for readers: languages and their messages, formats of numbers and dates, the order of labels, citations, safe CSV."""
