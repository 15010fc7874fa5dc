"""The front end: what is built, and what it does in a browser."""
