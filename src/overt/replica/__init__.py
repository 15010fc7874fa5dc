"""Copies of releases for servers on other machines, and the server of such a copy."""
