"""How two organisations are related: the same, renamed, parent, subsidiary, joint venture, or different."""

from overt.resolve.relations.classifier import Classifier
from overt.resolve.relations.clues import Organization
from overt.resolve.relations.stated_names_and_relations import Register

__all__ = ["Classifier", "Organization", "Register"]
