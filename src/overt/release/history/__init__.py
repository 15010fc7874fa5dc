"""The history of releases, its verification, and witnesses of it."""
