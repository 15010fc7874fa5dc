"""The steps from sources to a release: describe sources, fetch, choose and import files, resolve, release, and make the index.

Also upgrades of an atlas.
"""
