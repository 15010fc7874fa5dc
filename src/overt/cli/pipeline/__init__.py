"""The steps from sources to a release: describe, fetch, choose and import files, release, and make the index. Also upgrades."""
