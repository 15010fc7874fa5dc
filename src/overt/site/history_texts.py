"""The history of records, figures and releases in words: what changed, and why."""

from collections.abc import Sequence
from typing import Any

from overt.language.language import N_
from overt.queries import changes_between_releases
from overt.queries.changes_between_releases import Change, ChangeCount, FigureValue, History, Stage
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.site.site import Site

_WHAT = {
    "added": N_("added"),
    "removed": N_("removed"),
    "joined": N_("is described by one more record"),
    "left": N_("is described by one record fewer"),
    "changed": N_("changed"),
    "merged": N_("merged into one record"),
    "split": N_("split into several records"),
}
_WHY = {
    "upstream": N_("a newer snapshot of %(source)s"),
    "source added": N_("%(source)s was added to the atlas"),
    "source left out": N_("%(source)s was left out of the atlas"),
    "editorial": N_("said by this atlas’s editors"),
    "retracted": N_("taken back by this atlas’s editors"),
    "retraction undone": N_("restored by this atlas’s editors, who had taken it back"),
    "editorial undone": N_("taken back by this atlas’s editors, who had added it"),
    "withheld": N_("withheld by this atlas’s editors"),
    "no longer withheld": N_("no longer withheld by this atlas’s editors"),
    "another change": N_("this follows from another change"),
    "who is who": N_("it was judged or computed again which records are the same"),
    "rules": N_("Overt’s texts or counting rules changed"),
}
_DECISIONS = {
    "withheld": N_("this atlas’s editors withheld records"),
    "no longer withheld": N_("this atlas’s editors no longer withhold some records"),
    "retracted": N_("this atlas’s editors took back what sources say"),
    "retraction undone": N_("this atlas’s editors restored what they had taken back"),
    "editorial": N_("this atlas’s editors added what they say themselves"),
    "editorial undone": N_("this atlas’s editors took back what they had added"),
}
"""Decisions of editors between two releases, in the order in which pages list them."""


def change_text(site: Site, row: Change | ChangeCount) -> str:
    """Return words for a change of a record, such as its addition or removal."""
    message = _WHAT[row.what]
    return site.gettext(message)


def reason_text(site: Site, reason: str, source: str | None, title: str | None = None) -> str:
    """Return the reason for a change in words, or unchanged if unknown. `title`: title of a source that left the release."""
    message = _WHY.get(reason)
    named = site.title_of(source)
    called = site.language.translated(title) if title and named == source else named
    return site.gettext(message, source=called) if message else reason


def with_texts(site: Site, rows: Sequence[Change | ChangeCount]) -> list[dict[str, Any]]:
    """Return rows of a history with the change (`done`) and the reason (`why`) in words."""
    return [
        {**row._asdict(), "done": change_text(site, row), "why": reason_text(site, row.reason or "", row.source)} for row in rows
    ]


def localize_history(site: Site, history: History) -> dict[str, Any]:
    """Return a history with texts in its rows, for a template."""
    return {**vars(history), "rows": with_texts(site, history.rows)}


def changed_inputs(site: Site, stage: Stage) -> list[str]:
    """Describe how the inputs of a release differ from those of the previous release, and what editors decided since."""
    reasons = [reason_text(site, source["what"], source["source"], source["title"]) for source in stage.changed_inputs["sources"]]
    reasons += decisions(site, stage)
    return [*reasons, reason_text(site, "rules", None)] if stage.changed_inputs["rules"] else reasons


def decisions(site: Site, stage: Stage, *, without_additions: bool = False) -> list[str]:
    """Describe what editors decided between a release and the previous one. `without_additions`: leave out added claims."""
    kinds = stage.changed_inputs["editors"]
    return [
        site.gettext(message)
        for kind, message in _DECISIONS.items()
        if kind in kinds and not (without_additions and kind == "editorial")
    ]


def figure_values(
    site: Site, stages: Sequence[Stage], figure: Figure, history_rows: Sequence[FigureValue], write: Any
) -> list[dict[str, Any]]:
    """Return a figure's values by release, newest first, with each difference and its possible reasons.

    `write`: function that formats the figure's numbers.
    """
    at = {row.position: row for row in history_rows}
    named = {source["source"] for source in figure.sources} | set(figure.definition.get("requires") or ())
    named |= set(figure.definition.get("any_of") or ())
    lines: list[dict[str, Any]] = []
    before: FigureValue | None = None
    for stage in stages:
        row = at.get(stage.position)
        value = row.value if row and row.status == "ok" else None
        moved = before is not None and (row is None or (row.value, row.status) != (before.value, before.status))
        reasons = [
            reason_text(site, source["what"], source["source"], source["title"])
            for source in stage.changed_inputs["sources"]
            if source["source"] in named
        ]
        # Editors add claims in most releases. So an addition is a reason only if no source of the figure changed.
        reasons += decisions(site, stage, without_additions=bool(reasons))
        if before and row and row.definition != before.definition:
            reasons.insert(0, site.gettext("the query was changed"))
        if moved and not reasons:
            reasons = changed_inputs(site, stage) or [reason_text(site, "who is who", None)]
        difference = float(value) - float(before.value) if moved and value and before and before.value else None
        lines.append(
            {
                "stage": stage,
                "text": write(value) if value is not None else None,
                "missing": row is None,
                "difference": _signed(difference, write),
                "why": reasons if moved else [],
            }
        )
        before = row
    return lines[::-1]


def _signed(difference: float | None, write: Any) -> str:
    if not difference:
        return ""
    return f"{'+' if difference > 0 else '−'}{write(abs(difference))}"


def inputs_by_release(site: Site, reader: Reader) -> dict[str, list[str]]:
    """Describe how the inputs of each release differ from those of the previous one. Keys are ids of full releases."""
    return {stage.release.partition("+")[0]: changed_inputs(site, stage) for stage in changes_between_releases.stages(reader)}
