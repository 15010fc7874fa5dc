"""The history of releases, its verification, and its witnesses."""
