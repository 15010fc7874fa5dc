"""Decides what a question asks from the types of its parts."""

from overt.queries.questions.ambiguous_blocking_words import settle_censors
from overt.queries.questions.declined.unrecorded_facts import UNRECORDED, settle_unrecorded
from overt.queries.questions.generic_and_joined_kinds import joins_training
from overt.queries.questions.home_countries.based_in_questions import asks_for_seat
from overt.queries.questions.home_countries.systems_not_from_country import lists_systems_from_elsewhere
from overt.queries.questions.question_focus import asks_for_removals, is_about_a_selling_state
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import WHO
from overt.queries.questions.understood_question import PLACES, Marker, Question

NAME_TYPES = ("organization", "area", "region", "kind")
"""Types of parts that are a question on their own."""
NAME_INTENTS = ("organization", "country", "region", "kind")
"""Intents of questions that consist of one name, which the name search answers."""
_INTENTS = ("lists", "agreements", "blocked", "money", "suppliers", "places", "projects")
"""Intents, most specific first."""
_OF_THE_STATE = frozenset({"state owned", "state company", "a state company", "government owned"})
_OF_THE_STATE |= {"国有", "国企", "国有企业", "央企", "国营"}
_TRAINED = frozenset({"trained"})
_THINGS = frozenset({"data-centre", "cloud", "submarine-cable", "terrestrial-cable", "5g-network", "smart-city"})
_THINGS |= {"rnd-lab", "satellite"}
"""Kinds that can be listed one by one, such as data centres, unlike surveillance."""
_SURE_REASONS = frozenset({"currency", "issuer", UNRECORDED})
_LISTING = {"answer", "places", "projects", "suppliers", "organization", "country", "region", "kind"}
_OWNED = {"answer", "organization", "projects", "places", "country", "kind", "region"}
_EXCLUDING = {"suppliers", "places", "projects", "dates", "amounts"}
"""Intents whose answers can exclude something, as in “other than Huawei”."""
_OF_AGREEMENTS = {"area", "region", "seat", "subject", "kind", "service", "restriction", "organization"}
_OF_SELLERS = {"projects", "suppliers", "money"}
"""Intents of questions that restrictions can't answer: “Baidu projects” isn't about what is blocked."""
_OF_BLOCKING = {"area", "region", "service", "restriction"}
_OF_PROJECTS = {"organization", "kind", "area", "region", "place", "project_name"}


def decide(question: Question, lexicon: Lexicon, *, has_years: bool, are_one_range: bool) -> None:
    """Set what a question asks, or why it is not understood.

    `has_years`: whether words of the question are years. `are_one_range`: whether these are one year or one range.
    """
    settle_unrecorded(question)
    if question.has("lifted"):  # Only the ends of restrictions answer this, and ordinary answers don't have them.
        question.unknown_at.update(at for marker in question.markers if marker.id == "lifted" for at in _span(marker))
    if not question.ids("service"):  # Replacements are recorded only for services that are blocked.
        question.unknown_at.update(at for marker in question.markers if marker.id == "replacement" for at in _span(marker))
    if question.reason in _SURE_REASONS:
        question.unknown_at.clear()  # Whatever the other words mean, this question has no answer.
    elif question.unknown_at:
        question.reason = "words"
    elif question.reason:
        pass  # An earlier step found the reason, such as a combination of regions that has no answer.
    elif question.has("absence"):
        question.reason = "absence"
    elif not question.parts:
        question.reason = "nothing"
    elif _has_foreign_town(question):
        question.reason = "combination"
    elif any(part.alternatives and part.type in ("area", "seat", "organization") for part in question.parts):
        question.reason = "ambiguous"
    elif has_years and not are_one_range:
        question.reason = "years"
    elif intent := _intent(question, lexicon, dated=has_years):
        of_places = intent in ("agreements", "blocked") and {part.type for part in question.excluded} <= {"area", "region"}
        can_exclude = not question.excluded or intent in _EXCLUDING or of_places
        question.intent, question.reason = intent, "" if can_exclude else "exclusion"
    else:
        question.reason = "seller" if _is_about_a_seller(question) else "combination"
    if question.reason:
        question.intent = ""
    if question.intent != "blocked":
        question.unweighed += question.service_groups
        question.service_groups = []


def _span(marker: Marker) -> range:
    return range(marker.start, marker.end)


def _has_foreign_town(question: Question) -> bool:
    """Return whether a town is in none of the question's countries, so that no project is in both: “Nairobi and Uganda”."""
    areas = {*question.ids("area")}
    towns = (part for part in question.parts if part.type == "place" and part.countries)
    return bool(areas) and any(areas.isdisjoint(town.countries) for town in towns)


def _intent(question: Question, lexicon: Lexicon, *, dated: bool) -> str:
    """Return what a question asks; empty if the combination of parts has no meaning."""
    settle_censors(question, lexicon)
    has = {part.type for part in question.parts} - {"intent", "year", "origin"}
    has_status, has = "status" in has, has - {"status"}
    excluded = {part.type for part in question.excluded}
    intents = [intent for intent in _INTENTS if intent in question.ids("intent")]
    if has_status:
        return _intent_with_status(question, has, intents, dated=dated)
    if asks_for_removals(question):
        return _listing_intent(has, dated=dated)
    if _is_about_bans(has, intents):
        return "agreements"
    if _is_about_agreements(question, has, intents):
        is_narrowed = bool(lexicon.law_statuses_in(question.unweighed)) or (dated and bool(question.years))
        about = bool(has) or bool(question.excluded) or is_narrowed or question.asks_for_first
        return "agreements" if about and has <= _OF_AGREEMENTS else ""
    if "subject" in has:
        return ""
    if "money" not in intents and _lacks_seller(has | excluded, intents) and is_about_a_selling_state(question):
        return ""
    if "absent" in has:
        return "absent" if has <= {*_OF_PROJECTS, "absent", "seat"} else ""
    for intent in intents:
        if intent == "lists":
            return _listing_intent(has, dated=dated)
        if intent == "blocked":
            ranks = question.has("most") and "places" in intents
            is_dated = dated and bool(question.years)
            is_limited = has or ranks or is_dated or question.service_groups or question.asks_for_first
            return intent if is_limited and has <= _OF_BLOCKING else ""
        if intent == "money" and (has and has <= {*_OF_PROJECTS, "seat"}):
            return "amounts" if _asks_for_amounts(question) else intent
        if intent == "money":
            return "amounts" if _asks_for_amounts(question) else "money" if question.has("most") or dated else ""
    seats = {"seat"} & excluded if not lists_systems_from_elsewhere(question) else set()
    intent = _project_intent(question, has | seats, intents, dated=dated)
    return _modified(question, intent, intents, has, excluded)


def _listing_intent(has: set[str], *, dated: bool) -> str:
    """Return the intent of a question about official lists; empty if these parts have no meaning together.

    It can ask which lists name an organisation, which entries a list has, or which suppliers are on lists.
    """
    if not has:
        return "lists"  # The question is for the entries of a list, perhaps of some years.
    if dated:
        return ""
    if "organization" in has and has <= {"organization", "area", "seat"}:
        return "lists"
    return "listed" if has and has <= {"kind", "area", "region", "seat"} else ""


def _intent_with_status(question: Question, has: set[str], intents: list[str], *, dated: bool) -> str:
    """Return the intent of a question about projects with a status, such as cancelled ones: `projects` or `places`.

    Empty if the question asks for anything else.
    """
    speakers = {"suppliers"} if "denied" in question.ids("status") else set()
    allowed = _OF_PROJECTS if speakers else _OF_PROJECTS | {"seat"}
    if not (has <= allowed and set(intents) <= {"projects", "places", *speakers, *(["suppliers"] if "seat" in has else [])}):
        return ""
    if not has and "places" not in intents:
        return "projects"
    intent = _project_intent(question, has, [intent for intent in intents if intent not in speakers], dated=dated)
    return "places" if intent == "places" and "places" in intents else "projects" if intent in _LISTING else ""


def _modified(question: Question, intent: str, intents: list[str], has: set[str], excluded: set[str]) -> str:
    """Return the intent as changed by the question's markers: “how many”, “when”, “most expensive”, “other than”.

    “Is Hikvision state-owned” asks for owners. The result is empty if the intent can't be combined with a marker.
    """
    if intent == "organization" and not _OF_THE_STATE.isdisjoint(question.unweighed):
        question.unweighed = [word for word in question.unweighed if word not in _OF_THE_STATE]
        return "owners"
    if intent == "blocked" and question.asks_for_first:
        return intent
    if question.has("owners") or question.has("subsidiaries"):
        return "owners" if intent in _OWNED and not excluded else ""
    if _asks_for_amounts(question):
        return "amounts" if intent in _LISTING or has == set() else ""
    if question.has("earliest") or question.has("latest") or (question.has("dates") and intent in _LISTING):
        return "dates" if intent in _LISTING else ""
    if question.threshold:
        return "places" if intent in _LISTING else ""
    if "places" in intents and intent == "answer" and (excluded or question.has("most")):
        return "places"
    if excluded and intent in ("answer", "organization", "country", "region", "kind"):
        return "projects"
    if question.has("cities") and intent in _LISTING:
        return "projects"
    if question.has("count") and intent == "places" and "places" not in intents and "projects" in intents:
        return "projects"
    if question.has("customers") and intent == "suppliers" and "seat" in has and "place" not in has:
        return "places"
    names_buyers = question.has("customers") or question.has("buyers")
    if (names_buyers and intent == "organization") or (question.has("customers") and intent == "answer" and "region" in has):
        return "places"
    return intent


def _asks_for_amounts(question: Question) -> bool:
    """Return whether a question asks for the projects with the highest amounts, and not for countries with high sums.

    “Countries with loans over $100 million” asks for such loans, “countries that borrowed over $100 million” for sums.
    """
    intents = set(question.ids("intent"))
    of_countries = question.counts("amount") and {"places", "money"} <= intents and not question.asks_for_commitments
    return question.has("costliest") or (question.counts("amount") and not of_countries)


def _lacks_seller(has: set[str], intents: list[str]) -> bool:
    return not (has & {"organization", "seat", "absent", "project_name"} or "suppliers" in intents)


def _is_about_a_seller(question: Question) -> bool:
    """Return whether a question asks about a state as the seller, which is not recorded."""
    types = {part.type for part in question.parts}
    return _lacks_seller(types, question.ids("intent")) and is_about_a_selling_state(question)


def _is_about_bans(has: set[str], intents: list[str]) -> bool:
    """Return whether a question asks who excludes suppliers: “which countries banned Huawei from 5G”, “5G restrictions”."""
    about = {"organization", "seat"} & has or ("kind" in has and "restriction" not in has and "projects" not in intents)
    return "blocked" in intents and bool(about) and has <= {"organization", "area", "region", "kind", "subject", "seat"}


def _is_about_agreements(question: Question, has: set[str], intents: list[str]) -> bool:
    """Return whether a question asks for laws or agreements.

    Training programmes are agreements. A question about training that names no organisation therefore asks for agreements if a
    country, a year or another condition narrows it, or if it has the word “trained” and a country.
    """
    if "agreements" in intents or ("subject" in has and set(intents) <= {"places"}):
        return True
    if not _TRAINED.isdisjoint(question.tokens) and "area" in has and "organization" not in has:
        return True
    countries = len(question.ids("area")) + len(question.ids("seat")) + len(question.ids("region"))
    is_list = (
        countries > 0
        or bool(question.years)
        or "places" in intents
        or question.has("count")
        or bool(question.excluded)
        or "subject" in has
    )
    is_training = "training-programme" in question.agreement_kinds and not joins_training(question)
    return is_training and "organization" not in has and is_list


def _asks_for_things(question: Question, has: set[str], intents: list[str]) -> bool:
    """Return whether a question with a seat asks for projects: “Chinese data centres in Europe”, “Chinese 5G projects”."""
    if "seat" not in has or {"suppliers", "places"} & set(intents) or question.has("most") or question.has("comparison"):
        return False
    asks_who = question.has("origin") or not WHO.isdisjoint(question.tokens)
    return not asks_who and bool(has & PLACES) and ("projects" in intents or bool(_THINGS & set(question.ids("kind"))))


def _project_intent(question: Question, has: set[str], intents: list[str], *, dated: bool) -> str:
    if has == {"organization"} and asks_for_seat(question) and not dated:
        return "owners"
    if has & {"service", "restriction"}:
        return "blocked" if has <= _OF_BLOCKING and not _OF_SELLERS & set(intents) else ""
    if "project_name" in has:
        if ("suppliers" in intents or "seat" in has) and has <= {*_OF_PROJECTS, "seat"} and "organization" not in has:
            return "suppliers"
        return "projects" if has <= _OF_PROJECTS else ""
    if "organization" in has and "seat" not in has and has <= _OF_PROJECTS:
        if has & PLACES:
            return "answer"
        if intents or "kind" in has or dated or len(question.ids("organization")) > 1:
            return "places"
        return "organization"
    if "organization" in has:
        return ""
    if question.ranks_suppliers_by_countries:
        return "suppliers" if "place" not in has else ""
    if "suppliers" in intents and "places" in intents and (question.threshold or question.counts_suppliers):
        return "places"
    if "suppliers" in intents and question.most_counted == "places" and "seat" in has:
        return "suppliers"
    if "places" in intents and "seat" in has:
        return "places" if "place" not in has else ""
    compares_places = question.has("comparison") and len(question.ids("area")) + len(question.ids("region")) > 1
    if _asks_for_things(question, has, intents) or (compares_places and "suppliers" not in intents):
        return "projects"
    if "suppliers" in intents or "seat" in has:
        is_asked = question.has("most") or bool({"suppliers", "projects"} & set(intents))
        return "suppliers" if is_asked or has & {"kind", *PLACES} else ""
    if "places" in intents and has <= {"kind", "area", "region"} and (question.has("most") or question.threshold):
        return "places"
    if "places" in intents:
        is_counted = not has and question.has("count")
        return "places" if is_counted or (has & {"kind", "region"} and "place" not in has) else ""
    if "projects" in intents and not has and (question.has("count") or question.has("event") or dated):
        return "projects"
    if has and has <= {"kind", *PLACES}:
        is_name = not question.names_circumstance  # “Ethiopia elections” is more than a name
        if is_name and len(question.parts) == 1 and (kind := question.parts[0].type) in NAME_TYPES:
            return {"area": "country"}.get(kind, kind)
        return "projects"
    return ""
