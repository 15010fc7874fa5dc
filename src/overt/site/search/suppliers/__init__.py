"""Replies about suppliers, customers and the countries that they supply."""
