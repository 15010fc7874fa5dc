"""Rules of readings.yml and topics.yml: what a law's heading means, and which topics its articles concern."""

import re
from typing import Any, NamedTuple

from .law_versions import Law

_TITLE = re.compile("《[^》]*》")
_BLANK = re.compile(r"\s")


class Issuer(NamedTuple):
    """A body that makes laws, and the names that headings use for it."""

    pattern: re.Pattern[str]
    name: str
    english: str


class Readings:
    """The rules of readings.yml, compiled."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self.issuers = [Issuer(re.compile(rule["pattern"]), rule["name"], rule["english"]) for rule in rules["issuers"]]
        self._kinds = [(re.compile(rule["pattern"]), str(rule["kind"])) for rule in rules["kinds"]]
        self._folders: dict[str, str] = rules["folders"]
        self._areas: dict[str, str] = rules["areas"]
        self._titles: dict[str, str] = rules["titles_en"]
        self._notes: dict[str, dict[str, str]] = rules["notes"]

    def kind(self, law: Law) -> str | None:
        """Return the kind of a law by its heading, otherwise by its folder in the collection; None if no rule matches."""
        return next((kind for pattern, kind in self._kinds if pattern.search(law.head)), self._folders.get(law.folder))

    def areas(self, title: str) -> list[str]:
        """Return the areas other than China that a law is made for."""
        return [self._areas[title]] if title in self._areas else []

    def title_en(self, title: str) -> str | None:
        """Return our translation of a title; None if there is none."""
        return self._titles.get(title)

    def note(self, law: Law, article: str) -> str | None:
        """Return our summary of an article; None for most articles."""
        return self._notes.get(f"{law.title} {law.date}", {}).get(article)


class Topics:
    """The rules of topics.yml, compiled."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self._never = [re.compile(pattern) for pattern in rules["never"]]
        self._topics = [
            (str(rule["topic"]), str(rule["id"]), [re.compile(pattern) for pattern in rule["terms"]]) for rule in rules["topics"]
        ]

    def find(self, text: str) -> list[tuple[str, str]]:
        """Return the topics that an article concerns, each with the rule that matched.

        Titles of other laws (《…》) are ignored, and an article that a `never` pattern matches has no topics.
        """
        plain = _BLANK.sub("", _TITLE.sub("", text))
        if any(pattern.search(plain) for pattern in self._never):
            return []
        return [(topic, rule) for topic, rule, terms in self._topics if any(pattern.search(plain) for pattern in terms)]
