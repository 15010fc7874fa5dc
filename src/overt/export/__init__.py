"""Exports of a release for other tools: one module per format, listed in `format_registry`; `atomic_export` writes them."""
