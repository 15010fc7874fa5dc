"""The map as vector tiles over HTTP. See docs/decisions/0029."""
