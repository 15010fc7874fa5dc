"""Code that all interfaces share: middleware, addresses, parameters of requests, responses, and static files."""
