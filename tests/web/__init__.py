"""The front end: the built files, and their behaviour in a browser."""
