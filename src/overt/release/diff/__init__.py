"""Differences between two releases, and their causes."""
