"""Relations between owners and the organisations that they own, in words."""

from collections.abc import Collection, Mapping, Sequence

from overt.language.language import N_
from overt.queries.database import Row
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.sentences.linked_record_and_company_names import short_name

OWNERS = {"parent": N_("parent company"), "share-held": N_("shareholder"), "joint-venture": N_("partner in a joint venture")}
"""Words for the owner, by kind of relation."""
OWNED = {
    "parent": N_("subsidiary"),
    "share-held": N_("it holds a share of this organisation"),
    "joint-venture": N_("joint venture"),
}
"""Words for the owned organisation, by kind of relation."""
_MAX_NAMED = 8
"""Maximum number of owners in a sentence."""


def with_relations(scope: ProjectScope, rows: Sequence[Row], kinds: Mapping[str, str]) -> str:
    """Join up to `_MAX_NAMED` owners in these relations with semicolons, each with its relations and without its legal form."""
    named_too, by_owner = several_owned(rows), dict[str, list[Row]]()
    for row in rows:
        by_owner.setdefault(row["id"], []).append(row)
    texts = [
        scope.language.gettext(
            "%(name)s (%(detail)s)", name=short_name(scope.called_row(of_owner[0])),
            detail=scope.language.gettext("; ").join(relation_in_words(scope, row, kinds, named_too) for row in of_owner),
        )
        for of_owner in by_owner.values()
    ]  # fmt: skip
    return scope.named(texts, _MAX_NAMED)


def several_owned(rows: Sequence[Row]) -> set[str]:
    """Return the ids of the owned organisations, or an empty set if there is only one."""
    owned = {row["owned"] for row in rows}
    return owned if len(owned) > 1 else set()


def relation_in_words(scope: ProjectScope, row: Row, kinds: Mapping[str, str], named_too: Collection[str]) -> str:
    """Return a relation in words, with the share and period: “shareholder, share of 81%, since 2020”.

    `named_too`: ids of organisations. If the owned organisation is among them, the text begins with its name.
    """
    share = scope.language.gettext("share of %(share)s%%", share=row["share"]) if row["share"] else ""
    period = scope.formats.period(row["started"] or None, row["ended"] or None)
    named = short_name(scope.label("organization", row["owned"], "")) if row["owned"] in named_too else ""
    return scope.language.comma.join(filter(None, (named, scope.language.gettext(kinds[row["kind"]]), share, period)))
