"""Replies about suppliers, their customers, and the countries that they supply."""
