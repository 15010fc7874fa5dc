"""Statuses of findings. There is a third: `source not loaded: …`."""

HOLDS = "holds"
"""The numbers of the release support the finding."""
WITHDRAWN = "withdrawn"
"""The rule of the finding is not satisfied, or a number is missing."""
