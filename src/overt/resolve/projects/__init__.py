"""Match records of projects: find those that are about the same cable, safe city or network."""

from overt.resolve.projects.project_model import ProjectModel, load_project_model
from overt.resolve.projects.project_pair_scores import CANDIDATES, explain_project_pair, score_project_pairs

__all__ = ["CANDIDATES", "ProjectModel", "explain_project_pair", "load_project_model", "score_project_pairs"]
