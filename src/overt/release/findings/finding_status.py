"""Statuses of findings. A third one is `source not loaded: …`."""

HOLDS = "holds"
"""The numbers of the release carry the finding."""
WITHDRAWN = "withdrawn"
"""The rule of the finding is not true of the numbers, or a number is missing."""
