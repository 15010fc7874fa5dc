"""Explanations of why a question was not understood or can't be answered."""

from overt.language.language import N_, Language
from overt.queries.questions.and_or_words import mixed_alternatives, separate_questions
from overt.queries.questions.understood_question import Question

EXPLANATIONS = {
    "ambiguous": N_("Not understood as a question: a name in it could mean several things. Choose one."),
    "absence": N_(
        "Not answered, because of “%(word)s”: Overt records what sources document. A country or an organisation without a record "
        "may still have projects, so no list of those without one can be right. Ask where there is one."
    ),
    "unrecorded": N_(
        "Not answered: Overt doesn’t record “%(word)s”. It has projects with their suppliers, prices and lenders, and "
        "owners, official lists, laws and restrictions."
    ),
    "outside": N_("Not answered: Overt doesn’t record this."),
    "units": N_("Not answered: Overt counts projects, not the devices in them. Ask for the projects."),
    "seller": N_(
        "Not answered: Overt records which organisations sell, not which states. Ask for companies of the "
        "country, or add the country that buys."
    ),
    "issuer": N_(
        "Not answered: Overt has no official lists by “%(word)s”. Ask for the lists that it has: "
        "on which lists a company is."
    ),
    "currency": N_("Not answered: amounts are only compared in US dollars. Give the amount in dollars."),
    "exclusion": N_("Not answered: this kind of question can’t leave something out (%(excluded)s). Ask without that."),
    "years": N_("Not answered: the years in the question aren’t one year or one range. Ask for one of these."),
    "combination": N_(
        "Every word was understood, but Overt has no answer that combines these parts: %(parts)s. Leave one of them out."
    ),
    "partly": N_("Overt has no answer that combines these parts: %(parts)s. Leave one of them out."),
    "one_part": N_("Overt has no answer to “%(parts)s” alone. Add a country, an organisation, a kind of project or a year."),
    "alternatives": N_(
        "Not answered: “or” joins conditions of different types here (%(parts)s), and an answer would have only what meets both. "
        "Ask for each by itself: “%(first)s”; “%(second)s”."
    ),
    "nothing": N_("The question has no name, country, kind or other word that Overt knows."),
}  # fmt: skip
"""Messages by the reason why a question is not understood, except unknown words.

Two keys are variants of `combination`: `partly` if some words were left out, and `one_part` if there is only one part.
"""


def reason_text(language: Language, question: Question) -> str:
    """Return a sentence on why a question was not understood or can't be answered; empty if there is no such reason."""
    if question.reason == "words":
        unknown = language.comma.join(f"“{word}”" for word in dict.fromkeys(question.unknown))
        return language.gettext("Not understood as a question, because of %(words)s.", words=unknown)
    marker = next((marker.text for marker in question.markers if marker.id == question.reason), "")
    if question.reason not in EXPLANATIONS:
        return ""
    excluded = language.comma.join(part.text for part in question.excluded)
    mixed = mixed_alternatives(question) if question.reason == "alternatives" else None
    parts = language.comma.join(dict.fromkeys(part.text for part in mixed or question.parts))
    first, second = (separate_questions(question) if mixed else None) or ("", "")
    reason = question.reason
    if reason == "combination":
        is_one_part = len({part.text for part in question.parts}) == 1
        reason = "one_part" if is_one_part else "partly" if question.unweighed else reason
    return language.gettext(EXPLANATIONS[reason], word=marker, excluded=excluded, parts=parts, first=first, second=second)
