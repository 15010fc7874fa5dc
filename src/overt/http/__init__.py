"""Code that all interfaces share: headers, conditional requests, static files."""
