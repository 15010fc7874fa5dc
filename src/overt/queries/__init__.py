"""Queries over the index of a served release, for the pages and the API. Their SQL is in the folder `sql` or beside them."""
