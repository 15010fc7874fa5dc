"""Project descriptions, read by the rules of description_rules.yml: agreements, amounts, dates of works, organisations, towns."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MAX_LENGTH = 20_000
"""Maximum number of characters of a description that the rules read. The longest real description has 12,000."""
MAX_SENTENCE = 1_500
PLAIN_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\n": " ", "\r": " ", "\u00a0": " "})
SENTENCE_END = re.compile(
    r"(?<!\bCo)(?<!\bLtd)(?<!\bNo)(?<!\bInc)(?<!\bSt)(?<!\bU\.S)(?<!\bS\.A)(?<!\bMr)(?<!\bDr)\.\"? {1,4}(?=[A-Z\"\[])"
    r"|(?<=Ltd)\. {1,4}(?=(?:The|This|It|Construction|On|In|As|However|Then|According) )"
)
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}
CURRENCIES = {"US$": "USD", "USD": "USD", "$": "USD", "RMB": "CNY", "CNY": "CNY", "EUR": "EUR", "€": "EUR", "euros": "EUR"}
SCALES = {"million": Decimal(10**6), "billion": Decimal(10**9)}
ABBREVIATION = re.compile(r" \((?:\"|or \"?)?([A-Z][A-Za-z&/-]{1,14})\"?\)")
MAX_OTHER_PROJECTS = 6
"""Maximum number of other records that a description may name. With more, it describes a programme of several projects."""
MAX_YEARS_BEFORE = 3
"""A contract counts as the loan's if its year is at most this many years before the loan's, or at most one year after it."""
OTHER_PROJECT = re.compile(r"\bProject (?:ID ?)?#? ?#?(\d{2,6})\b")
POSSESSOR = re.compile(r"^(?:Government of )?[A-ZÀ-Ý]\w{2,20}(?: [A-ZÀ-Ý]\w{2,20})?'s? (?=[A-Z])")
LEGAL_FORM = re.compile(r"(?:Co|Ltd|Limited|Inc|PLC|LLC|Pvt|PVT|S\.A)\.?,?")
OPEN_END = re.compile(r"\b(?:for|of) [A-Z]\w+$")
"""Matches a name that "and" may continue, such as Ministry of Posts and …"""
PARTIES = re.compile(r", and |, (?!Ltd|Limited|Inc|S\.A|LLC|PLC)| and ")
MAX_AMOUNT = Decimal(10**11)
"""Maximum plausible amount. Larger amounts come from numbers with a wrong scale."""
MIN_AMOUNT = Decimal(1000)


@dataclass(frozen=True)
class Fact:
    """A value that a rule extracts from a description."""

    property: str
    value: str
    """A name, the id of a linked record, an EDTF date, or an amount with its unit (`70000000 USD`)."""
    rule: str
    start: int
    """Position of the first character that matched the rule."""
    end: int
    """Position after the last character that matched."""


class Descriptions:
    """The rules of description_rules.yml, compiled. `known_name` returns the name that titles use for an organisation."""

    def __init__(self, words: Mapping[str, Any], known_name: Callable[[str], str]) -> None:
        self._known_name = known_name
        self._words: dict[str, str] = {}
        self._words.update((name, self._fill(pattern)) for name, pattern in words["words"].items())
        self._rules = [
            {
                **rule,
                "pattern": [re.compile(self._fill(pattern)) for pattern in rule["pattern"]],
                "unless": re.compile(rule["unless"]) if rule.get("unless") else None,
            }
            for rule in words["rules"]
        ]
        self._not_names = set(words["not_names"])
        self._short_names = set(words["short_names"])
        self._not_buyer = re.compile(words["not_buyers"])
        self._organization_word = re.compile(rf"\b(?:{words['organization_words']})\b")
        self._name_word = re.compile(rf"\b(?:{words['name_words']})\b")
        self._contractor_word = re.compile(rf"\b(?:{words['contractor_words']})")
        self._name_before = re.compile(self._words["name"] + "$")

    def _fill(self, pattern: str) -> str:
        for name, value in self._words.items():
            pattern = pattern.replace("{" + name + "}", value)
        return pattern

    def read(self, record: str, text: str, row: Mapping[str, str]) -> list[Fact]:
        """Return what the rules extract from the description of a record, each value once.

        Only `MAX_LENGTH` characters are read. A description that names more than `MAX_OTHER_PROJECTS` other records
        yields nothing. `row` has the year of each event and the recipient from the table, by column.
        """
        plain = text[:MAX_LENGTH].translate(PLAIN_QUOTES)
        long_names = self._long_names(plain)
        sentences = list(_sentences(plain))
        if len(set(OTHER_PROJECT.findall(plain)) - {record}) > MAX_OTHER_PROJECTS:
            return []
        facts: list[Fact] = []
        for rule in self._rules:
            if rule.get("needs") and not any(fact.property == rule["needs"] for fact in facts):
                continue
            read: list[Fact] = []
            for match, offset in self._matches(rule, record, plain, sentences):
                values = list(self._values(rule, match, long_names, row))
                read += [Fact(name, value, rule["id"], offset + match.start(), offset + match.end()) for name, value in values]
                if values and rule.get("first"):
                    break
            facts += [] if rule.get("unique") and _is_ambiguous(read) else read
        return list({(fact.property, fact.value): fact for fact in reversed(facts)}.values())[::-1]

    def _matches(
        self, rule: dict[str, Any], record: str, plain: str, sentences: list[tuple[int, int]]
    ) -> Iterator[tuple[re.Match[str], int]]:
        """Yield a rule's matches, each with its sentence's offset. Skip sentences about other records or matching `unless`."""
        for pattern in rule["pattern"]:
            for start, end in sentences:
                sentence = plain[start:end]
                records = set(OTHER_PROJECT.findall(sentence))
                is_others = bool(records - {record}) and not (rule.get("shared") and record in records)
                if is_others or (rule["unless"] and rule["unless"].search(sentence)):
                    continue
                for match in pattern.finditer(sentence):
                    yield match, start

    def _values(
        self,
        rule: dict[str, Any],
        match: re.Match[str],
        long_names: Mapping[str, str],
        row: Mapping[str, str],
    ) -> Iterator[tuple[str, str]]:
        """Yield the (property, value) pairs of a match, except values that can't be right."""
        groups = match.groupdict()
        date = edtf(groups["date"]) if groups.get("date") else None
        year = row.get(rule.get("year", ""), "")
        if date and rule.get("year") and date[:4] != year:
            return
        committed = row.get("Commitment Year", "")
        if date and rule["property"] == "contract-signed" and committed:
            years = int(date[:4]) - int(committed)
            if not -MAX_YEARS_BEFORE <= years <= 1:
                return
        if rule["property"] == "loan":
            yield "loan-agreed", date or ""
            if amount := money(groups["money"]):
                yield "loan-amount", amount
        elif date:
            yield rule["property"], date
        elif groups.get("money"):
            if amount := money(groups["money"]):
                yield rule["property"], amount
        elif rule["property"] == "customer":
            yield from self._parties(groups, long_names)
        else:
            group = "customer" if groups.get("customer") else "name"
            text = groups.get(group) or ""
            if self._begins_within(match.string[: match.start(group)]):
                return
            if rule["property"] == "place":
                if text != row.get("Recipient"):
                    yield "place", text.strip()
            else:
                for name in self._names(text, long_names):
                    if rule["property"] == "buyer" and self._not_buyer.search(name):
                        continue
                    yield ("customer" if rule["property"] == "buyer" else rule["property"]), name

    def _parties(self, groups: Mapping[str, str], long_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the customer and the contractor of a contract if exactly one party is a contractor."""
        sides = [self._names(groups[name], long_names) for name in ("customer", "name")]
        is_contractor = [bool(side) and all(self._contractor_word.search(name) for name in side) for side in sides]
        if all(sides) and is_contractor[0] != is_contractor[1]:
            for side, builds in zip(sides, is_contractor, strict=True):
                yield from (("implementer" if builds else "customer", name) for name in side)

    def _names(self, text: str, long_names: Mapping[str, str]) -> list[str]:
        """Return the organisations that a text lists, under the names that titles use. Incomplete names are left out."""
        parts, rest = [], text
        while cut := PARTIES.search(rest):
            left, right = rest[: cut.start()], rest[cut.end() :]
            if " and" in cut[0] and OPEN_END.search(left) and left not in long_names.values():
                return []
            if self._is_organization(left, long_names) and self._is_organization(right, long_names):
                parts.append(left)
                rest = right
            else:
                break
        names = []
        for part in [*parts, rest]:
            name = self._trimmed(part)
            name = long_names.get(name, name)
            if self._is_complete(name, long_names):
                names.append(self._known_name(name))
        return names

    def _is_organization(self, text: str, long_names: Mapping[str, str]) -> bool:
        return bool(self._organization_word.search(text)) or text.strip() in long_names

    def _begins_within(self, before: str) -> bool:
        """Return whether a match begins inside a name, after another capitalised word or a number (`Bureau 7. Co. Ltd`)."""
        last = before.split(" ")[-2:-1]
        word = last[0] if before.endswith(" ") and last else ""
        return bool(re.match(r"[A-Z\d]", word)) and word.strip(",.") not in self._not_names and not word.endswith((",", '"'))

    def _is_complete(self, name: str, long_names: Mapping[str, str]) -> bool:
        """Return whether a name is one complete name of an organisation, not a part of it, a short form or several names."""
        if name in long_names.values() or name in self._short_names:
            return True
        words = [word for word in name.split() if not LEGAL_FORM.fullmatch(word)]
        is_simple = "/" not in name and " and " not in name and not name.isupper()
        return len(words) > 1 and is_simple and bool(self._name_word.search(name))

    def _trimmed(self, text: str) -> str:
        """Return a name without leading and trailing words that don't belong to it."""
        words = text.strip(" ,.;").split(" ")
        while words and (words[0].strip(",") in self._not_names or words[0] in ("and", "of", "the", "for", "The")):
            words = words[1:]
        name = POSSESSOR.sub("", " ".join(words))
        return name + "." if re.search(r"\b(?:Ltd|S\.A)$", name) else name

    def _long_names(self, plain: str) -> dict[str, str]:
        """Return the long names of abbreviations: `China Harbour Engineering Company (CHEC)`."""
        names: dict[str, str] = {}
        for match in ABBREVIATION.finditer(plain):
            before = self._name_before.search(plain[max(0, match.start() - 160) : match.start()])
            if before:
                name = _expanded(before[0], match[1])
                if name:
                    names.setdefault(match[1], self._trimmed(name))
        return names


def _expanded(before: str, short: str) -> str | None:
    """Return the words at the end of `before` that an abbreviation stands for; None if there are none.

    Their initials are the capitals of the abbreviation. If no words have these initials, words with the same first letter and
    up to two more initials are accepted.
    """
    words = before.split(" ")
    letters = "".join(character for character in short if character.isupper())
    candidates = []
    for index in reversed(range(len(words))):
        initials = "".join(word[0] for word in words[index:] if word[:1].isupper() and not LEGAL_FORM.fullmatch(word.strip(".,")))
        if initials == letters:
            return " ".join(words[index:])
        if words[index][:1].casefold() == short[0].casefold() and len(letters) <= len(initials) <= len(letters) + 2:
            candidates.append(" ".join(words[index:]))
    return candidates[0] if candidates else None


def _is_ambiguous(facts: list[Fact]) -> bool:
    """Return whether facts have different values of a property. A value is not different if a longer one begins with it."""
    for name in {fact.property for fact in facts}:
        values = {fact.value for fact in facts if fact.property == name}
        longest = max(values, key=len)
        if not all(longest.startswith(value) for value in values):
            return True
    return False


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence with at most `MAX_SENTENCE` characters."""
    start = 0
    for end in [*(match.start() + 1 for match in SENTENCE_END.finditer(plain)), len(plain)]:
        if end - start <= MAX_SENTENCE:
            yield start, end
        start = end


def edtf(text: str) -> str:
    """Return a date in words as EDTF: `On May 3, 2012` → `2012-05-03`, `late 2012` → `2012`; "" if it has no year."""
    year = re.search(r"(?:19|20)\d\d", text)
    month = next((number for name, number in MONTHS.items() if name in text), None)
    day = re.search(r"\b(\d{1,2})\b(?!\d)", text)
    if year is None:
        return ""
    if month is None:
        return year[0]
    return f"{year[0]}-{month:02}-{int(day[1]):02}" if day and 1 <= int(day[1]) <= 31 else f"{year[0]}-{month:02}"


def money(text: str) -> str | None:
    """Parse an amount in words: `RMB 2.1 billion` → `2100000000 CNY`. None if it is implausible or in an unknown currency."""
    currency = next((unit for sign, unit in CURRENCIES.items() if sign in text), None)
    number = re.search(r"\d[\d,]{0,20}(?:\.\d{1,6})?", text)
    if currency is None or number is None:
        return None
    scale = next((factor for word, factor in SCALES.items() if word in text), Decimal(1))
    value = Decimal(number[0].rstrip(",").replace(",", "")) * scale
    return f"{value.normalize():f} {currency}" if MIN_AMOUNT <= value <= MAX_AMOUNT else None
