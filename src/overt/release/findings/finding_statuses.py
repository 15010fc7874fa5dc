"""Statuses of findings. Any other status says what is missing, such as `source not loaded: …`."""

HOLDS = "holds"
"""The numbers of the release support the finding."""
WITHDRAWN = "withdrawn"
"""The rule of the finding is not satisfied, or a value in its sentences is missing."""
