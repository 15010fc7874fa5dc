"""Questions for systems of a kind that have no supplier from a certain country."""

from overt.queries.questions.question_tokens import WHO
from overt.queries.questions.understood_question import Question


def lists_systems_from_elsewhere(question: Question) -> bool:
    """Return whether a question asks for systems of a kind that have no supplier from a country, and not for suppliers or places.

    An example is “Cameras in Serbia that aren’t Chinese”.
    """
    asks_who = not WHO.isdisjoint(question.tokens) or question.has("origin") or question.has("most")
    intents = set(question.ids("intent"))
    return bool(question.left_out("seat") and question.ids("kind")) and not (intents & {"suppliers", "places"} or asks_who)
