"""Reply to questions about a known organisation that no record names."""

from overt.http.page_addresses import address
from overt.site.search.reply import Reply, size_of
from overt.site.search.suppliers.supplier_and_country_lists import ListedReplies


def reply_about_absent(scope: ListedReplies) -> Reply:
    """Return a reply about a known organisation that no record names, with the projects that meet the other conditions."""
    [name, *_] = scope.question.ids("absent")
    message = scope.language.gettext("No record here names %(name)s. That is not evidence of absence.", name=name)
    chosen = scope.filter()
    if not chosen:
        return Reply(message, address("/search", [("q", name)]))
    mask = scope.mask(chosen)
    path, notes = scope.link(chosen, mask)
    notes = [*scope.also(mask, chosen), *scope.notes(chosen, mask), *notes]
    return Reply(message, path, scope.items(mask), size_of(mask), notes)
