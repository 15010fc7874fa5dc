"""`cache/<release>/serve.sqlite`: one release in the form that pages, search and map read; it can be deleted at any time."""
