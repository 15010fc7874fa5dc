"""Asking a served release: every question a page or the API has, with its SQL beside it."""
