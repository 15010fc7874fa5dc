"""Queries over the index of a release, for pages, the API and commands. Their SQL is in the folder `sql`."""
