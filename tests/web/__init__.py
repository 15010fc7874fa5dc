"""The front end: the built files, and how they behave in a browser."""
