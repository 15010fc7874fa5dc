"""The page of a finding."""
