"""Replies about blocked services and shutdowns."""
