"""The pages: plain HTML that needs no script, put together on the server from one release."""
