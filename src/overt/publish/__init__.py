"""What readers get: the site, its API, and the files that both are made of."""
