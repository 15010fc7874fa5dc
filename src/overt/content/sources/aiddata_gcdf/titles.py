"""Reading titles by the rules of title_rules.yml: what a project is, who is named with it, what kind of flow it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LONGEST = 1_000
"""Characters of a title that rules look at; the longest real one has 300. A bound on their work."""
MADE_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,400}[)\]]{0,3}")
OTHER_RECORDS = re.compile(r"linked|#|\bID ?\d", re.IGNORECASE)
LINKED_TAIL = re.compile(r",? \blinked (?:to|with)\b.*", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r",? and | & ")
PATTERNS = ("pattern", "unless", "mask", "only_if")
GIVER = "aiddata-title-giver@1"
PLACE = "\ufffc"
"""Stands for the name that a role rule is asked about."""


@dataclass(frozen=True)
class Reading:
    """What the rules found in the title of a record in scope."""

    kinds: tuple[tuple[str, str], ...]
    """(kind, rule), sorted."""
    names: tuple[tuple[str, str, str], ...]
    """(name, role, rule), sorted; `{recipient}` in a name stands for the country."""
    flow: tuple[str, str] | None
    """(flow type, rule)."""


def cleaned(title: str) -> str:
    """A title without mentions of other records, with plain apostrophes and single spaces."""
    plain = " ".join(title[:LONGEST].translate(MADE_PLAIN).split())
    bare = IN_BRACKETS.sub(lambda found: "" if OTHER_RECORDS.search(found[0]) else found[0], plain)
    return " ".join(LINKED_TAIL.sub("", bare).split())


def compiled(alternatives: str | list[str] | None) -> re.Pattern[str] | None:
    """A pattern, or several of which one must match."""
    if alternatives is None:
        return None
    joined = alternatives if isinstance(alternatives, str) else "|".join(f"(?:{one})" for one in alternatives)
    return re.compile(joined.replace("{name}", PLACE), re.IGNORECASE)


class Titles:
    """The rules of title_rules.yml, compiled."""

    def __init__(self, words: dict[str, Any]) -> None:
        kinds, self._near, self._flows, self._roles = (
            [{**rule, **{key: compiled(rule.get(key)) for key in PATTERNS}} for rule in words[part]]
            for part in ("kinds", "near_misses", "flows", "roles")
        )
        self._scope_kinds = [rule for rule in kinds if rule.get("scope")]
        self._other_kinds = [rule for rule in kinds if not rule.get("scope")]
        self._verbs = re.compile(words["verbs"], re.IGNORECASE)
        self._state = words["unnamed_state"]["name"]
        self._is_state = re.compile(words["unnamed_state"]["pattern"], re.IGNORECASE)
        self._organizations = [
            {**held, "pattern": re.compile(held.get("pattern") or rf"\b{re.escape(held['name'])}\b", re.IGNORECASE)}
            for held in words["organizations"]
        ]

    def read(self, sector: str, title: str) -> Reading | str:
        """Everything that the rules find in a title; or the rule of `scope:` by which the record is left out."""
        text = cleaned(title)
        found = self._kinds_by(self._scope_kinds, text, [])
        if sector != "COMMUNICATIONS" and not found:
            return next((rule["scope"] for rule in self._near if _speaks(rule, text)), "other-sector")
        found = self._kinds_by(self._other_kinds, text, found)
        kinds = dict(reversed(found))
        flow = next(
            ((rule["flow"], rule["id"]) for rule in self._flows if rule.get("kind") in kinds or _speaks(rule, text)), None
        )
        return Reading(tuple(sorted(kinds.items())), self._names(text), flow)

    def _kinds_by(self, rules: list[dict[str, Any]], text: str, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """(kind, rule) pairs: those found before, and those that these rules find in the text."""
        found = list(found)
        for rule in rules:
            if _speaks(rule, text) and not any(kind in rule.get("not_with", ()) for kind, _ in found):
                found.append((rule["kind"], rule["id"]))
        return found

    def _names(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """(name, role, rule) of every organisation whose part in the project the title tells; the first rule that tells it."""
        verb = self._verbs.search(text)
        subject_end = verb.start() if verb else 0
        bracket_end = text.find("]") if text.startswith("[") else -1
        mentions = list(self._mentions(text))
        found: dict[tuple[str, str], str] = {}
        for held, start, end in mentions:
            here = text[:start] + PLACE + text[end:]
            where = "bracket" if start < bracket_end else "subject" if start < subject_end else "rest"
            told = [rule for rule in self._roles if _tells(rule, held, where, here)]
            replaced = {rule.get("instead_of") for rule in told}
            for rule in told:
                if rule["id"] not in replaced:
                    found.setdefault((held["name"], rule["role"]), rule["id"])
        bare = "".join(" " if any(a <= at < b for _, a, b in mentions) else sign for at, sign in enumerate(text[:subject_end]))
        if any(self._is_state.fullmatch(part.strip(" ,")) for part in BETWEEN_NAMES.split(bare[bracket_end + 1 :])):
            found.setdefault((self._state, "financier"), GIVER)
        return tuple(sorted((name, role, rule) for (name, role), rule in found.items()))

    def _mentions(self, text: str) -> Iterator[tuple[dict[str, Any], int, int]]:
        """Each organisation named, with its place; a word read as one name is not read as another."""
        taken: list[tuple[int, int]] = []
        for held in self._organizations:
            for match in held["pattern"].finditer(text):
                if not any(match.start() < end and start < match.end() for start, end in taken):
                    taken.append(match.span())
                    yield held, match.start(), match.end()


def _speaks(rule: dict[str, Any], text: str) -> bool:
    if rule["mask"]:
        text = rule["mask"].sub(" ", text)
    return bool(rule["pattern"] and rule["pattern"].search(text)) and not (rule["unless"] and rule["unless"].search(text))


def _tells(rule: dict[str, Any], held: dict[str, Any], where: str, text: str) -> bool:
    """Whether a role rule speaks of the organisation that stands at PLACE."""
    if rule["role"] not in held["can"] or (rule.get("makers_only") and not held.get("maker")):
        return False
    if rule["where"] == "pattern":
        return bool(rule["pattern"].search(text))
    return rule["where"] == where and not (rule["only_if"] and not rule["only_if"].search(text))
