"""The lists of intents, part types and reasons are complete: the code sets no other values, and the API describes them all."""

import re
from pathlib import Path

import pytest

import overt.queries.questions
import overt.site.search
from overt.api.ask import AskReply, QuestionPart
from overt.model.questions.intents_part_types_and_reasons import INTENTS, PART_TYPES, REASONS
from overt.site.search.conditions_by_reply import USED
from overt.site.search.declined.explanations import EXPLANATIONS

_CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for package in (overt.queries.questions, overt.site.search)
    for path in sorted(Path(str(package.__file__)).parent.rglob("*.py"))
)
_ONLY_WHILE_READING = {"adjective"}
"""Part types that a question has only while it is being read. An answer never has them."""


def test_every_intent_has_conditions() -> None:
    assert INTENTS.keys() == USED.keys()


def test_every_reason_has_an_explanation() -> None:
    assert REASONS.keys() == {"words", *EXPLANATIONS} - {"partly", "one_part"}


@pytest.mark.parametrize(
    ("pattern", "listed", "least"),
    [
        (r'\bquestion\.reason ?= ?(?:"[a-z]*" if .+ else )?"([a-z]+)"', REASONS, 6),
        (r'\b(?:Part\(\s*|_replace\(type=)"([a-z_]+)"', PART_TYPES, 7),
    ],
)
def test_the_code_sets_only_listed_values(pattern: str, listed: dict[str, str], least: int) -> None:
    values = set(re.findall(pattern, _CODE))
    assert len(values) >= least, values
    assert values <= listed.keys() | _ONLY_WHILE_READING


@pytest.mark.parametrize(
    ("description", "listed"),
    [
        (AskReply.model_fields["intent"].description, INTENTS),
        (AskReply.model_fields["reason"].description, REASONS),
        (QuestionPart.model_fields["type"].description, PART_TYPES),
    ],
)
def test_the_api_describes_every_value(description: str, listed: dict[str, str]) -> None:
    assert [value for value in listed if f"`{value}`" not in description] == []
