"""The history of releases: its signatures, verification and witnesses, and the choice of a release by date."""
