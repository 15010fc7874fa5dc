"""The rule that decides what the first sentences of a country's page are about (`measure/country_page_first_sentences.yml`)."""

import re
from functools import cache

from overt.model.yaml_reading_and_validation import Content, packaged_model

_PATH = "measure/country_page_first_sentences.yml"


class _RestrictionRule(Content):
    """The conditions under which a restriction is recent, weak or minor."""

    recent_years: float
    """Restrictions that ended, or were last reported, within this many years before the edition come before older ones."""
    sources: int
    """A restriction with fewer separate sources is weak, unless reports show that it lasted."""
    over: list[str]
    """Kinds of restrictions that are weak once they are over."""
    last: list[str]
    """Kinds of restrictions that come after the sentence on all systems. They are always weak and minor."""
    main_services: frozenset[str]
    """Ids of the main services, and of categories that contain them."""


class _SurveillanceRule(Content):
    """The conditions under which a system counts as used against a group of people."""

    sources: int
    """Minimum number of separate sources."""
    targets: list[str]
    """Words in a system's English name that say who it is used against."""


class _SystemsRule(Content):
    """The condition under which the sentence on all systems says how many of them are disputed."""

    disputed_share: float
    """Minimum share of the systems that are disputed."""


class OpeningRule(Content):
    """The rule of `measure/country_page_first_sentences.yml`: which sentences open a country's page, and in which order."""

    restriction: _RestrictionRule
    surveillance: _SurveillanceRule
    systems: _SystemsRule

    def names_targets(self, name: str) -> bool:
        """Return whether the English name of a system says who it is used against."""
        words = "|".join(map(re.escape, self.surveillance.targets))
        return bool(re.search(rf"\b(?:{words})\b", name, re.IGNORECASE))


@cache
def opening_rule() -> OpeningRule:
    """Return the rule of `measure/country_page_first_sentences.yml`."""
    return packaged_model(OpeningRule, _PATH)
