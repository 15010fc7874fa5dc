"""`/robots.txt` and the sitemap."""
