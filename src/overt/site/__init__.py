"""The pages: plain HTML that needs no script, rendered on the server from one release."""
