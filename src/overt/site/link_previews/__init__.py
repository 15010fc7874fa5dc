"""Previews of pages for other sites and search engines: title, answer and picture."""
