"""Exports of a release for other tools: a module a format, listed in `format_registry`; `atomic_export` writes them."""
