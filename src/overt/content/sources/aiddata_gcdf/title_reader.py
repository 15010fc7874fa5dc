"""Applies the rules of title_rules.yml to project titles: kinds of project, organisations and their roles, flow, phase, works."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .phase_and_id_extraction import phases

MAX_LENGTH = 1_000
"""Maximum number of characters of a title that the rules read. This bounds their running time. The longest title has 427."""
PLAIN_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,400}[)\]]{0,3}")
OTHER_RECORDS = re.compile(r"linked|#|\bID ?\d", re.IGNORECASE)
LINKED_TAIL = re.compile(r",? \blinked (?:to|with)\b.*", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r",? and | & ")
LEGAL_FORM = re.compile(r"(?:,? (?:Co|Ltd|Limited|Corporation|Corp|Inc|Company)\.?){0,3}")
PATTERNS = ("pattern", "unless", "mask", "only_if")
GIVER = "aiddata-title-giver@1"
PLACEHOLDER = "\ufffc"
"""Replaces the organisation's name in the text that a role rule is matched against."""


@dataclass(frozen=True)
class Reading:
    """What the rules extract from the title of a record in scope."""

    kinds: tuple[tuple[str, str], ...]
    """(kind, rule), sorted."""
    names: tuple[tuple[str, str, str], ...]
    """(name, role, rule), sorted; `{recipient}` in a name stands for the country."""
    flow: tuple[str, str] | None
    """(flow type, rule); None if no rule matches."""
    phases: tuple[str, ...] = ()
    works: tuple[tuple[str, str], ...] = ()
    """(term of the vocabulary project-works, rule), sorted."""


def cleaned(title: str) -> str:
    """Return a title's first MAX_LENGTH characters, without mentions of other records, with plain quotes and single spaces."""
    plain = " ".join(title[:MAX_LENGTH].translate(PLAIN_QUOTES).split())
    bare = IN_BRACKETS.sub(lambda match: "" if OTHER_RECORDS.search(match[0]) else match[0], plain)
    return " ".join(LINKED_TAIL.sub("", bare).split())


def compile_pattern(alternatives: str | list[str] | None) -> re.Pattern[str] | None:
    """Compile a pattern, or one that matches if any of several patterns does. Without a pattern, return None.

    Case is ignored, and `{name}` in a pattern matches PLACEHOLDER.
    """
    if alternatives is None:
        return None
    joined = alternatives if isinstance(alternatives, str) else "|".join(f"(?:{pattern})" for pattern in alternatives)
    return re.compile(joined.replace("{name}", PLACEHOLDER), re.IGNORECASE)


class Titles:
    """The rules of title_rules.yml, compiled."""

    def __init__(self, words: dict[str, Any]) -> None:
        self._kinds, self._excluded, self._near_misses, self._flows, self._roles, self._works = (
            [{**rule, **{key: compile_pattern(rule.get(key)) for key in PATTERNS}} for rule in words[part]]
            for part in ("kinds", "excluded", "near_misses", "flows", "roles", "works")
        )
        self._scope_kinds = [rule for rule in self._kinds if rule.get("scope")]
        self._verbs = re.compile(words["verbs"], re.IGNORECASE)
        self._state = words["unnamed_state"]["name"]
        self._is_state = re.compile(words["unnamed_state"]["pattern"], re.IGNORECASE)
        self._organizations = [
            {
                **organization,
                "pattern": re.compile(organization.get("pattern") or rf"\b{re.escape(organization['name'])}\b", re.IGNORECASE),
            }
            for organization in words["organizations"]
        ]

    def read(self, sector: str, title: str) -> Reading | str:
        """Apply all rules to a title. If the record is out of scope, return the rule of `scope:` instead of a reading."""
        text = cleaned(title)
        if not any(_matches(rule, text) for rule in self._scope_kinds):
            in_sector = sector == "COMMUNICATIONS"
            reasons = self._excluded if in_sector else self._near_misses
            reason = next((rule["scope"] for rule in reasons if _matches(rule, text)), None if in_sector else "other-sector")
            if reason:
                return reason
        kinds = self._kinds_of(text)
        flow = next(
            ((rule["flow"], rule["id"]) for rule in self._flows if rule.get("kind") in kinds or _matches(rule, text)), None
        )
        works = {rule["work"]: rule["id"] for rule in self._works if _matches(rule, text)}
        return Reading(tuple(sorted(kinds.items())), self._names(text), flow, phases(text), tuple(sorted(works.items())))

    def known_name(self, name: str) -> str:
        """Return the name that titles use for an organisation, if `name` is a form of it (`Huawei Technologies Co., Ltd.`).

        Other names are returned unchanged.
        """
        for organization in self._organizations:
            match = organization["pattern"].match(name)
            if match and LEGAL_FORM.fullmatch(name[match.end() :]) and "{" not in organization["name"]:
                return str(organization["name"])
        return name

    def _kinds_of(self, text: str) -> dict[str, str]:
        """Return the kinds of a title in scope, each with the first rule that gives it."""
        matching = [rule for rule in self._kinds if _matches(rule, text)]
        all_kinds = {rule["kind"] for rule in matching}
        specific = [rule for rule in matching if all_kinds.isdisjoint(rule.get("not_with", ()))]
        return {rule["kind"]: rule["id"] for rule in reversed(specific)}

    def _names(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """Return (name, role, rule) of every organisation whose role is in the title, with the first rule that gives it."""
        verb = self._verbs.search(text)
        subject_end = verb.start() if verb else 0
        bracket_end = text.find("]") if text.startswith("[") else -1
        mentions = list(self._mentions(text))
        roles: dict[tuple[str, str], str] = {}
        for organization, start, end in mentions:
            masked = text[:start] + PLACEHOLDER + text[end:]
            where = "bracket" if start < bracket_end else "subject" if start < subject_end else "rest"
            rules = [rule for rule in self._roles if _gives_role(rule, organization, where, masked)]
            replaced = {rule.get("instead_of") for rule in rules}
            for rule in rules:
                if rule["id"] not in replaced:
                    roles.setdefault((organization["name"], rule["role"]), rule["id"])
        bare = "".join(
            " " if any(start <= index < end for _, start, end in mentions) else character
            for index, character in enumerate(text[:subject_end])
        )
        if any(self._is_state.fullmatch(part.strip(" ,")) for part in BETWEEN_NAMES.split(bare[bracket_end + 1 :])):
            roles.setdefault((self._state, "financier"), GIVER)
        return tuple(sorted((name, role, rule) for (name, role), rule in roles.items()))

    def _mentions(self, text: str) -> Iterator[tuple[dict[str, Any], int, int]]:
        """Yield each organisation in the text with its start and end. No word counts for two organisations."""
        taken: list[tuple[int, int]] = []
        for organization in self._organizations:
            for match in organization["pattern"].finditer(text):
                if not any(match.start() < end and start < match.end() for start, end in taken):
                    taken.append(match.span())
                    yield organization, match.start(), match.end()


def _matches(rule: dict[str, Any], text: str) -> bool:
    if rule["mask"]:
        text = rule["mask"].sub(" ", text)
    return bool(rule["pattern"] and rule["pattern"].search(text)) and not (rule["unless"] and rule["unless"].search(text))


def _gives_role(rule: dict[str, Any], organization: dict[str, Any], where: str, text: str) -> bool:
    """Return whether a role rule applies to the organisation at PLACEHOLDER."""
    if rule["role"] not in organization["can"] or (rule.get("makers_only") and not organization.get("maker")):
        return False
    if rule["where"] == "pattern":
        return bool(rule["pattern"].search(text))
    return rule["where"] == where and not (rule["only_if"] and not rule["only_if"].search(text))
