"""How two organisations stand to each other: one and the same, renamed, parent, subsidiary, joint venture, or two."""

from overt.resolve.relations.classifier import Classifier, ProposedRelation, Verdict, load_classifier
from overt.resolve.relations.clues import Organization
from overt.resolve.relations.register import Register

__all__ = ["Classifier", "Organization", "ProposedRelation", "Register", "Verdict", "load_classifier"]
