"""Citations and linked data beside each page."""
