"""Answer questions about a product with projects of its makers, and with resellers' projects that have it in their names."""

from dataclasses import replace
from functools import partial

from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import fold
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.product_parties import ProductParties
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import Reply

PRODUCT = "project_name"
"""Type of the part of a question that names a product."""
_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "dates"})
"""Intents whose answers are about projects."""
_OF_ORGANIZATIONS = frozenset({"statements", "owners", "both", "comparison", "subsidiaries", "headquarters", "leaders"})
"""Markers of questions about the organisation that makes a product, or about several organisations in comparison."""
_FEW = 4
"""If there are at most this many projects, the first sentences name their suppliers and customers."""


def about_product(scope: RelatedProjects) -> Question:
    """Return a question about a product's projects.

    It is unchanged if it doesn't name exactly one product, if the product's only maker has all projects, or if there are none.
    It is also unchanged if it isn't about projects, or if it excludes, compares or asks about organisations, or asks about
    denials.
    """
    question, lexicon = scope.question, scope.lexicon
    named = {part.start: part for part in question.parts if part.type == "organization" and product_of(lexicon, part.text)}
    products = {product_of(lexicon, part.text) for part in named.values()}
    if (
        len(products) != 1
        or question.intent not in _OF_PROJECTS
        or any(map(question.has, _OF_ORGANIZATIONS))
        or question.denied_by
    ):
        return question
    makers = {part.id for part in question.parts if part.type == "organization" and part.start in named}
    makers |= {other for part in named.values() for other, _ in part.alternatives}
    other_organizations = [part for part in question.parts if part.type == "organization" and part.id not in makers]
    if question.left_out("organization") or (question.are_together and not other_organizations):
        return question
    [product], first = products, next(iter(named.values()))
    rest = [part for part in question.parts if part.type != "organization"]
    about = scope.about_question(replace(question, parts=rest))
    chosen = replace(about.filter(), status=())  # A denial by a statement isn't a project's status.
    of_makers = about.mask(replace(chosen, company=tuple(makers)))
    titled = _titled(about, chosen, product)
    if len(makers) == 1 and not (titled & ~of_makers).any():
        return question
    mask = of_makers | titled
    for part in other_organizations:
        mask = mask & about.mask(replace(chosen, company=(part.id,)))
    ids = about.ids(mask)
    if not ids:
        return question
    part = Part(PRODUCT, product, first.text, first.start, first.end, product)
    intent = question.intent
    if intent == "answer":
        intent = "places" if "places" in question.ids("intent") else "projects"
    readings = [reading for reading in question.readings if not product_of(lexicon, reading.typed)]
    return replace(
        question,
        parts=sorted([*rest, *other_organizations, part], key=lambda each: each.start),
        only=tuple(ids),
        intent=intent,
        readings=readings,
    )


def product_of(lexicon: Lexicon, text: str) -> str:
    """Return the product that words stand for; empty if they stand for none."""
    phrase = tokens(text)
    return next((name for name, words in lexicon.grammar.products.items() if phrase in map(tokens, words)), "")


def with_product(scope: RelatedProjects, reply: Reply) -> Reply:
    """Add to a reply which projects count for a product, and their suppliers and, if the projects are few, customers."""
    products = [part for part in scope.question.parts if part.type == PRODUCT and part.id in scope.lexicon.grammar.products]
    if not products or reply.is_denied:
        return reply
    makers = dict.fromkeys(sense.id for sense in scope.lexicon.senses(tokens(products[0].text)) if sense.type == "name")
    counted = scope.language.gettext(
        "This counts the projects with “%(name)s” in their names, and those of the firms that the word means: %(firms)s.",
        name=products[0].label, firms=scope.listed(makers),
    )  # fmt: skip
    parties = partial(ProductParties, scope, products[0].id, makers)
    asks_who = [part.text for part in scope.question.parts if (part.type, part.id) == ("intent", "suppliers")]
    ids = [item.id for item in reply.items if item.type == "project"]
    if asks_who and ids and scope.question.only:
        reply.sentence = scope.sentences(*parties(scope.question.only).sentences(with_customers=False), reply.sentence, counted)
        reply.unused = [word for word in reply.unused if word not in asks_who]
        return reply
    are_few = 0 < len(ids) <= _FEW and len(ids) == len(reply.items)
    named = parties(ids).sentences(with_customers=True) if are_few else ()
    reply.sentence = scope.sentences(reply.sentence, *named, counted)
    return reply


def _titled(scope: RelatedProjects, chosen: ProjectFilter, product: str) -> Mask:
    """Return the projects of a filter, including undated ones, that have a word for a product in their names."""
    matching = scope.reader.vectors.mask()
    for word in scope.lexicon.grammar.product_titles.get(product, [product]):
        named = replace(chosen, q=" ".join(filter(None, (chosen.q, word))))
        dated = scope.mask(named)
        with_word = dated | scope.undated(named, dated)
        matching = matching | scope.titled_with(scope.rows("titles", with_word), [fold(word)])
    return matching
