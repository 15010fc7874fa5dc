"""Answers to questions in words."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS, InLanguage
from overt.http.served_release import Served
from overt.model.questions.intents_part_types_and_reasons import INTENTS, PART_TYPES, REASONS, described
from overt.site.search.question_answering import question_data


class Words(InLanguage):
    """Parameters of a question."""

    q: str = Field(min_length=1, max_length=200, description="The question, in English or Chinese: `huawei kenya`.")


class Alternative(BaseModel):
    """Another meaning of an ambiguous part, such as another record with the same name."""

    id: str
    label: str
    question: str = Field(description="The question with this name instead.")


class QuestionPart(BaseModel):
    """An understood part of a question."""

    type: str = Field(description=f"{described(PART_TYPES)}.")
    id: str
    text: str = Field(description="The words of the question that were understood as this part.")
    label: str
    without: str = Field(description="The question without this part.")
    alternatives: list[Alternative]


class Near(BaseModel):
    """A name or word similar to one that was not understood."""

    type: str
    id: str
    label: str


class UnknownWord(BaseModel):
    """A word that was not understood."""

    word: str
    near: list[Near]


class Reading(BaseModel):
    """Words that were read as other words: a misspelling, a short name or brand, a reworded phrase, or a word with a similar
    meaning.
    """

    typed: str
    read: str = Field(description="What they were read as, such as the name that was probably meant.")


class ReplyNote(BaseModel):
    """A note on what an answer leaves out or adds."""

    text: str
    address: str | None = Field(description="Path of a page about it.")
    record: str | None = Field(description="Id of the record, if it names only one.")
    is_denial: bool = Field(description="Whether the note reports what an organisation denied about that record.")


class ReplyItem(BaseModel):
    """An item in the list that answers a question, such as a project, a country or a score."""

    type: str = Field(
        description="`answer`, `organization`, `country`, `lender`, `service`, `list`, `score`, or the type of another record, "
        "such as `project` or `agreement`."
    )
    id: str = Field(description="For `answer`: the ids of the organisation and the country, separated by a space.")
    label: str
    detail: str = Field(description="What is recorded about it.")
    address: str
    projects: int | None


class AskReply(BaseModel):
    """The parts of a question that were understood, and the reply."""

    release: str
    question: str
    understood: bool = Field(description="Whether every word was understood. If not, there is no sentence and no item.")
    intent: str | None = Field(description=f"What the question asks: {described(INTENTS)}; null if it was not understood.")
    reason: str | None = Field(description=f"Why it was not understood: {described(REASONS)}; null if it was.")
    explanation: str | None = Field(description="The reason as a sentence.")
    parts: list[QuestionPart]
    excluded: list[QuestionPart] = Field(description="What the answer leaves out: `other than Huawei`.")
    years: list[int | None] | None = Field(description="First and last year; null where open.")
    readings: list[Reading] = Field(description="Words that were read as other words.")
    unweighed: list[str] = Field(description="Words, such as `police`, that the answer ignores.")
    limits_left_out: list[str] = Field(
        description="Those of `unweighed` that stand for a place, region, kind, party or year, or weren't understood. The "
        "sentence begins with them, because without them the answer covers more than the question asks for."
    )
    unknown: list[UnknownWord]
    known: str = Field(
        description="The question without the words that were not understood, if it has an answer; empty otherwise."
    )
    known_sentence: str | None = Field(
        description="The answer to `known`, if it has one and `reason` is `words`; null if an unknown word could reverse it."
    )
    sentence: str | None
    address: str | None = Field(description="Path of the page that shows everything.")
    total: int = Field(description="Number of items, of which the list has the first 20.")
    items: list[ReplyItem]
    notes: list[ReplyNote] = Field(description="Sentences on what the answer leaves out or must add.")


def routes(sites: Mapping[str, Served]) -> APIRouter:
    """Return the route of `/api/v1/ask`. `sites` has the site of each language, by its code."""
    router = APIRouter(prefix="/api/v1", tags=["answers"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/ask", response_model=AskReply, response_class=Json)
    def ask_question(request: Request, parameters: Annotated[Words, Query()]) -> Response:
        """Answer a question in words, or say why it was not understood. No language model is used."""
        site = sites[parameters.lang or "en"]
        with site.database.lease() as reader:
            data: dict[str, Any] = question_data(site, reader, parameters.q)
        return Json({"release": site.prepared.release, **data})

    return router
