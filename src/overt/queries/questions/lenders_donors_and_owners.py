"""Reads who lends, gives or owns from words around countries and organisations: “who owes China”, “projects funded by ZTE”."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from overt.model.questions.question_word_groups import CreditorWords
from overt.queries.questions.question_tokens import JOINS, WHO, join, tokens
from overt.queries.questions.understood_question import PLACES, Marker, Part, Question

Phrase = tuple[str, ...]
_FROM = (("by",), ("from",), ("由",))
_PASSIVE, _IN = ("by",), ("在",)
_PLACE_AND_MONEY = 2


class CreditorPhrases(NamedTuple):
    """The words of `CreditorWords`, folded: as tuples of tokens or as strings, depending on what they are compared with."""

    giving: frozenset[Phrase]
    owing: frozenset[Phrase]
    owning: frozenset[str]
    owns: frozenset[str]
    owned_by: frozenset[str]
    whether: frozenset[Phrase]
    lending: tuple[str, ...]
    gave: frozenset[str]
    as_lender: frozenset[Phrase]
    towards: frozenset[str]
    state: frozenset[str]
    """The individual tokens of the words for a state. Any sequence of these tokens counts."""
    most_money: frozenset[str]
    masses: frozenset[str]

    @classmethod
    def from_grammar(cls, words: CreditorWords) -> Self:
        """Split the words of a grammar into tokens, and fold them."""
        return cls(
            giving=frozenset(map(tokens, words.giving)),
            owing=frozenset(map(tokens, words.owing)),
            owning=_texts(words.owning),
            owns=_texts(words.owns),
            owned_by=_texts(words.owned_by),
            whether=frozenset(map(tokens, words.whether)),
            lending=tuple(sorted(_texts(words.lending))),
            gave=_texts(words.gave),
            as_lender=frozenset(map(tokens, words.as_lender)),
            towards=_texts(words.towards),
            state=frozenset(token for phrase in words.state for token in tokens(phrase)),
            most_money=_texts(words.most_money),
            masses=_texts(words.masses),
        )


def ask_for_debtors(question: Question, words: CreditorPhrases, areas: Sequence[Part]) -> None:
    """Read “who owes China” as asking for countries, because the answer is the debtors, not the lenders."""
    who = next((at for at, word in enumerate(question.tokens) if word in WHO), None)
    owed = any(is_owed(question, words, part) for part in areas)
    intents = question.ids("intent")
    if who is not None and owed and "money" in intents and "places" not in intents:
        question.ask_for("places", question.tokens[who], who, who + 1)


def is_owed(question: Question, words: CreditorPhrases, part: Part) -> bool:
    """Return whether a country comes right after “owe”, “owe to” or 欠 (“owe”)."""
    end = part.start - 1 if question.tokens[part.start - 1 : part.start] == ("to",) else part.start
    return any(question.tokens[max(end - len(phrase), 0) : end] == phrase for phrase in words.owing)


def settle_own_owners(question: Question, words: CreditorPhrases, seats: Mapping[str, str]) -> None:
    """Read 拥有 (“own”, “have”) as asking for owners if an organisation follows and its country or another organisation precedes.

    Examples are “中国拥有海康威视吗” (“does China own Hikvision”) and “华为拥有华海通信吗” (“does Huawei own HMN Tech”).
    Elsewhere, it means “has”: “墨西哥拥有飞马吗” (“does Mexico have Pegasus”). `seats`: countries by organisation id.
    """
    for at, marker in enumerate(question.markers):
        owned = [part for part in question.parts if part.type == "organization" and part.start == marker.end]
        owners = [part for part in question.parts if part.type == "area" and part.end <= marker.start]
        is_by_organization = any(part.type == "organization" and part.end <= marker.start for part in question.parts)
        is_at_home = any(seats.get(part.id) == owner.id for part in owned for owner in owners)
        if marker.text in words.owning and owned and (is_at_home or is_by_organization):
            question.markers[at] = marker._replace(id="owners")


def named_as_lenders(question: Question, words: CreditorPhrases) -> set[str]:
    """Return the organisations that a question names as lenders or donors: “projects funded by ZTE”, “Huawei as a lender”."""
    money = [part for part in question.parts if part.type == "intent" and part.id == "money"]
    lenders = set()
    for part in question.parts:
        if part.type != "organization":
            continue
        before = question.tokens[max(part.start - 1, 0) : part.start]
        after_money = before in _FROM and any(other.end == part.start - 1 for other in money)
        gives = any(
            other.start == part.end and other.text in words.gave and question.tokens[other.end : other.end + 1] != _PASSIVE
            for other in money
        )
        named = any(question.tokens[part.end : part.end + len(phrase)] == phrase for phrase in words.as_lender)
        if after_money or gives or named or _lends_to_place(question, words, part):
            lenders.add(part.id)
    return lenders


def _lends_to_place(question: Question, words: CreditorPhrases, organization: Part) -> bool:
    """Return whether 给 or 向 (“to”), a place and a word for money follow an organisation: 中国进出口银行给埃塞俄比亚的贷款
    (“loans of the Export-Import Bank of China to Ethiopia”).
    """
    following = sorted((part for part in question.parts if part.start > organization.end), key=lambda part: part.start)
    if (
        question.tokens[organization.end : organization.end + 1] not in map(tokens, words.towards)
        or len(following) < _PLACE_AND_MONEY
    ):
        return False
    place, money = following[:2]
    is_after = place.type in PLACES and place.start == organization.end + 1
    return is_after and money.id == "money" and is_before_money(question, words, place)


def settle_most_money(question: Question, words: CreditorPhrases) -> None:
    """Read “which country received the most money” as asking for the country with the highest sum.

    “Countries with the largest debt” is read in the same way. “Countries with more than $1 bn from Exim Bank” asks for money,
    too.
    """
    asks_places = "places" in question.ids("intent")
    masses = [part for part in question.parts if part.id == "money" and part.text in words.masses]
    for at, marker in enumerate(question.markers):
        if marker.id == "costliest" and asks_places and any(part.start >= marker.end for part in masses):
            question.markers[at] = marker._replace(id="most")
    of_projects = question.ids("kind") or "projects" in question.ids("intent")
    if asks_places and question.counts("amount") and question.ids("organization") and not of_projects:
        question.ask_for("money", "", len(question.tokens), len(question.tokens))
    for at, marker in enumerate(question.markers):
        if marker.text in words.most_money and asks_places:
            question.markers[at] = Marker("most", marker.text, marker.start, marker.end)
            question.ask_for("money", marker.text, marker.start, marker.end)


def settle_asked_givers(question: Question, words: CreditorPhrases) -> None:
    """Read “which countries lent money to Kenya” as asking who lent, not where the projects are."""
    verbs = {
        part.start
        for part in question.parts
        if part.id == "money" and part.text in words.gave and question.tokens[part.end : part.end + 1] != _PASSIVE
    }
    if not question.has("most"):
        question.parts = [part for part in question.parts if not (part.id == "places" and part.end in verbs)]


def is_before_money(question: Question, words: CreditorPhrases, part: Part) -> bool:
    """Return whether a word such as “loans” follows a country, perhaps after “government”, 政府 (“government”) or 的."""
    position = part.end
    while position < len(question.tokens) and question.tokens[position] in words.state:
        position += 1
    return any(other.type == "intent" and other.id == "money" and other.start == position for other in question.parts)


def is_before_lending(question: Question, words: CreditorPhrases, part: Part) -> bool:
    """Return whether a word for lending follows the country `part`, perhaps with “government” between: “did the UAE finance”."""
    following = [other for other in question.parts if other.type == "intent" and other.id == "money" and other.start >= part.end]
    return (
        bool(following)
        and following[0].text.startswith(words.lending)
        and set(question.tokens[part.end : following[0].start]) <= words.state
    )


def is_financed_by(question: Question, part: Part) -> bool:
    """Return whether a word for money and “by” come right before a country: “Huawei projects financed by China”.

    “The” may be between “by” and the country, and the word for money may end in “by”: “given by”.
    """
    at = part.start - 2 if question.tokens[part.start - 1 : part.start] == ("the",) else part.start - 1
    if question.tokens[max(at, 0) : at + 1] != _PASSIVE:
        return False
    return any(other.type == "intent" and other.id == "money" and other.end in (at, at + 1) for other in question.parts)


def finances_supplier(question: Question, words: CreditorPhrases, part: Part, *, may_lend: bool) -> bool:
    """Return whether a country lends or gives, so that an organisation beside it is the supplier: “did China finance Huawei”.

    `may_lend`: whether the country also counts as a lender right before a lender's verb or, in a question about money, before
    在 (“in”).
    """
    is_in = question.tokens[part.end : part.end + 1] == _IN and "money" in question.ids("intent")
    return is_financed_by(question, part) or (may_lend and (is_in or is_before_lending(question, words, part)))


def only_lenders(question: Question, words: CreditorPhrases, parts: Sequence[Part]) -> list[Part]:
    """Return the only country that a word for lending follows: “how much did China lend to India”.

    Return all countries unless a word for lending follows exactly one, and no “and” or “or” precedes that one.
    """
    lending = [part for part in parts if is_before_money(question, words, part) or is_before_lending(question, words, part)]
    is_joined = any(question.tokens[max(part.start - 1, 0)] in JOINS for part in lending)
    return lending if len(lending) == 1 and not is_joined else [*parts]


def _texts(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(join(tokens(phrase)) for phrase in phrases)
