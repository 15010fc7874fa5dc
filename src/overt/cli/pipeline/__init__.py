"""The steps from sources to a release: describe sources, fetch, choose and import files, resolve, release, and make the index.

This package also upgrades an atlas and cleans its cache.
"""
