"""The website: plain HTML pages that need no script, rendered on the server from one release."""
