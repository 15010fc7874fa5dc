"""Exports of a release for other tools: a module or package per format, listed in `format_registry`.

`atomic_export` writes an export to its target.
"""
