"""Intents of questions, types of their parts, and reasons why a question is not understood, with short explanations.

The description of `/api/v1/ask` is made from them, and a test compares them with the code that sets these values.
"""

from collections.abc import Mapping

INTENTS: Mapping[str, str] = {
    "answer": "what is recorded of organisations in countries",
    "suppliers": "who supplies",
    "places": "in which countries",
    "projects": "which projects",
    "money": "loans, grants and who promised them",
    "amounts": "the highest amounts",
    "dates": "when",
    "owners": "who owns",
    "blocked": "what is restricted",
    "agreements": "laws and agreements",
    "lists": "official lists",
    "listed": "suppliers on official lists",
    "scores": "countries' scores",
    "absent": "an organisation that no record names",
    "record": "records that the question names",
    "texts": "records whose texts mention its words",
    "organization": "a single name",
    "country": "a single name",
    "region": "a single name",
    "kind": "a single name",
}
PART_TYPES: Mapping[str, str] = {
    "intent": "what the question asks",
    "organization": "",
    "absent": "an organisation that no record names",
    "area": "a country or another area",
    "region": "",
    "seat": "the country or region of suppliers or lenders",
    "origin": "a country right before an organisation from there",
    "place": "a town",
    "kind": "a kind of project",
    "project_name": "words of projects' names",
    "status": "a status of projects",
    "service": "",
    "restriction": "a kind of restriction",
    "subject": "a subject of laws and agreements",
    "record": "a record named by its title",
    "series": "a series of scores",
    "year": "",
}
REASONS: Mapping[str, str] = {
    "words": "it has unknown words",
    "ambiguous": "a name has several meanings",
    "absence": "it asks for what is not recorded",
    "unrecorded": "it asks for something of a kind that the atlas doesn't record, such as revenues",
    "outside": "it asks for what lies outside the atlas, such as advice, help for a device, victims, or a law that it lacks",
    "units": "it counts devices, but only projects are counted",
    "seller": "it asks about a state as the seller",
    "issuer": "it is about the official lists of a country or union whose lists the atlas lacks",
    "currency": "it compares amounts in another currency than the US dollar",
    "exclusion": "its answer can't leave something out",
    "years": "its years aren't one year or one range",
    "combination": "its parts have no answer together",
    "alternatives": "“or” joins conditions of different types, such as a country and an organisation",
    "nothing": "it has no part with a meaning, or too many words",
}


def described(terms: Mapping[str, str]) -> str:
    """Return terms in Markdown, separated by commas, each followed by its meaning in parentheses if it has one."""
    return ", ".join(f"`{term}` ({meaning})" if meaning else f"`{term}`" for term, meaning in terms.items())
