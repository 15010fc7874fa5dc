"""Reply to questions about the suppliers of a customer or operator: “suppliers of Ethio Telecom”."""

from overt.site.search.conditions_by_reply import USED
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.suppliers.supplier_and_country_lists import ListedReplies
from overt.site.search.suppliers.supplier_and_country_totals import number_supplying

_ASKS_WHO = ("who", "supplier", "vendor", "provider", "contractor", "maker", "seller", "谁", "供应", "供货", "承建", "厂商")
"""Beginnings of words that ask for suppliers. “Company” isn't one, because it may only describe an organisation."""
_INTENTS = frozenset({"answer", "places", "projects"})


def reply_about_customers_suppliers(replies: ListedReplies) -> Reply | None:
    """Return a reply with the suppliers of the question's only organisation, a customer or operator.

    None if the question doesn't ask for suppliers or names a home country, if the organisation is itself a supplier, or if no
    supplier is on record.
    """
    parts = replies.question.parts
    asks = any(part.type == "intent" and part.id == "suppliers" and part.text.startswith(_ASKS_WHO) for part in parts)
    if not asks or replies.question.intent not in _INTENTS or len(replies.organizations) != 1 or replies.seats:
        return None
    chosen = replies.filter()
    mask = replies.mask(chosen)
    rows = replies.suppliers_of(mask)
    suppliers = [row for row in rows if row["supplied"]]
    if not suppliers or any(row["id"] in replies.organizations for row in rows):
        return None
    path, notes = replies.link(chosen, mask)
    items = [replies.supplier_item(row, "") for row in suppliers[:MAX_ITEMS]]
    notes = [*replies.not_built(mask), *replies.notes(chosen, mask), *notes]
    message = number_supplying(replies, len(suppliers), 0)
    return Reply(message, path, items, len(suppliers), notes, USED["suppliers"])
