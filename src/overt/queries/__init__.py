"""Queries over the index of a served release, for pages and the API. Their SQL is in the folder `sql` or beside them."""
