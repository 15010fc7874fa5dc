"""Declines questions about facts that no record of the atlas has, such as a company's revenue or who heads it."""

from overt.queries.questions.understood_question import Marker, Question

UNRECORDED = "unrecorded"
"""The reason for declining a question, and the id of the markers that cause it."""
_LEADERS = "leaders"
"""The id of markers that ask who heads something. No record says that."""
_LEADS = "leads"
"""The id of markers that ask the same if an organisation or a country follows. Otherwise they ask who has the most: “who leads
in exports”.
"""
_LED = frozenset({"organization", "area"})
_THE, _MOST = "the", "most"
_ASKED_OF = frozenset({"organization", "service", "absent"})
"""Types of parts about which a question can ask for an unrecorded fact."""


def settle_unrecorded(question: Question) -> None:
    """Decline a question about who heads something, or about an organisation's or service's unrecorded facts: “Huawei revenue”.

    The words for such a fact count as unknown if the question names no organisation or service, or if they only describe the
    next word. Words for heads count as unknown if the question names nothing. “Who leads” without a name asks for the most.
    """
    question.markers = [
        marker._replace(id=_LEADERS if _is_before_led(question, marker) else _MOST) if marker.id == _LEADS else marker
        for marker in question.markers
    ]
    leaders = [marker for marker in question.markers if marker.id == _LEADERS]
    if leaders and any(part.type != "intent" for part in question.parts):
        question.markers = [marker._replace(id=UNRECORDED) if marker in leaders else marker for marker in question.markers]
        question.reason = UNRECORDED
        return
    question.unknown_at.update(at for marker in leaders for at in range(marker.start, marker.end))
    markers = [marker for marker in question.markers if marker.id == UNRECORDED]
    if not markers:
        return
    is_asked = any(part.type in _ASKED_OF for part in (*question.parts, *question.excluded))
    if is_asked and not any(_describes(question, marker) for marker in markers):
        question.reason = UNRECORDED
        return
    for marker in markers:
        question.unknown_at.update(range(marker.start, marker.end))


def _is_before_led(question: Question, marker: Marker) -> bool:
    """Return whether the name of an organisation or a country comes right after the marker, with or without “the”."""
    start = marker.end + (question.tokens[marker.end : marker.end + 1] == (_THE,))
    return any(part.type in _LED and part.start == start for part in question.parts)


def _describes(question: Question, marker: Marker) -> bool:
    """Return whether a kind or, in English, an unknown word comes right after the marker: “revenue monitoring”."""
    if not marker.text.isascii():  # In Chinese, an unknown word after “revenue” may be “how much”.
        return any(part.start == marker.end and part.type == "kind" for part in question.parts)
    kinds = {part.start for part in question.parts if part.type == "kind"}
    return marker.end in question.unknown_at | kinds
