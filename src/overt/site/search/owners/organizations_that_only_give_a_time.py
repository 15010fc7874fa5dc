"""Reads “ownership of HMN after Huawei” as a question about all owners, because “after Huawei” only gives a time."""

from dataclasses import replace

from overt.site.search.projects.before_or_after_supplier_recognition import supplier_orders
from overt.site.search.projects.project_scope import ProjectScope


def without_ordered(scope: ProjectScope) -> ProjectScope:
    """Return the scope without the organisations after “before” or “after”, whose words no longer count as ignored.

    If no other organisation would remain, the scope is returned unchanged.
    """
    question = scope.question
    orders = [order for order in supplier_orders(question, scope.lexicon) if order.part.type == "organization"]
    ordered = {order.part.id for order in orders}
    if not ordered or ordered >= {*question.ids("organization")}:
        return scope
    question.unweighed = [word for word in question.unweighed if not any(order.covers(word) for order in orders)]
    parts = [part for part in question.parts if part.id not in ordered]
    return scope.about_question(replace(question, parts=parts))
