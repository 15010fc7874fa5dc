"""Projects that several records tell of: which pairs of records are one cable, one safe city, one network."""

from overt.resolve.projects.project_model import ProjectModel, load_model
from overt.resolve.projects.project_pairs import CANDIDATES, candidates, explain

__all__ = ["CANDIDATES", "ProjectModel", "candidates", "explain", "load_model"]
