"""What every answer has in common: headers, conditional requests, files."""
