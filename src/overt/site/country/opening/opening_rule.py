"""The rule of `measure/country_page_first_sentences.yml`: what the first sentences of a country's page are on."""

import re
from functools import cache

from overt.model.yaml import Content, packaged_model

_PATH = "measure/country_page_first_sentences.yml"


class _RestrictionRule(Content):
    """When a restriction is weak."""

    recent_years: float
    """Restrictions that ended, or were last reported, within this many years before the edition come before older ones."""
    sources: int
    over: list[str]
    last: list[str]
    main_services: frozenset[str]
    """Ids of categories and of services."""


class _SurveillanceRule(Content):
    """Which systems are used against a group of people."""

    sources: int
    targets: list[str]


class _SystemsRule(Content):
    """When the sentence on all systems says how many of them somebody disputes."""

    disputed_share: float
    """Minimum share of the systems that are disputed."""


class OpeningRule(Content):
    """The rule of `measure/country_page_first_sentences.yml`: which sentence opens a country's page."""

    restriction: _RestrictionRule
    surveillance: _SurveillanceRule
    systems: _SystemsRule

    def names_targets(self, name: str) -> bool:
        """Return whether the English name of a system says against whom it is used."""
        words = "|".join(map(re.escape, self.surveillance.targets))
        return bool(re.search(rf"\b(?:{words})\b", name, re.IGNORECASE))


@cache
def opening_rule() -> OpeningRule:
    """Return the rule of `measure/country_page_first_sentences.yml`."""
    return packaged_model(OpeningRule, _PATH)
