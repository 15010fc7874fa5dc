"""The changes of a country, an organisation, a kind, a figure or an answer, as a feed in Atom or JSON."""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from fastapi import Request

from overt.feeds.atom import Entry, feed
from overt.feeds.change_sentences import change_sentence, reason_sentence
from overt.feeds.json_feed import json_feed
from overt.http.absolute_addresses import address_of
from overt.http.page_addresses import record_url
from overt.queries import changes_between_releases, changes_by_subject, figures
from overt.queries.changes_between_releases import Stage
from overt.queries.changes_by_subject import SubjectChange
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.site import history_texts
from overt.site.figure_texts import writer
from overt.site.site import Site

MAX_ENTRIES = 200
"""Maximum number of entries in a feed."""
_MAX_SENTENCES = 12
"""Maximum number of sentences in an entry."""
_ORDER = ("merged", "split", "added", "removed", "changed", "retracted")
"""Order of the differences of a record. The first difference gives the entry its title."""


class FeedSubject(NamedTuple):
    """The subject of a feed: a country, an organisation, a kind, a figure or an answer."""

    title: str
    """Name of the subject in the site's language."""
    page: str
    """English path of the subject's page."""
    folder: str
    """English path of the folder that contains the feeds."""
    subjects: tuple[tuple[str, str], ...] = ()
    """Pairs of a type (`country`, `organization` or `kind`) and an id. Each entry concerns all of these subjects."""
    figure: str = ""
    """Name of the figure; empty for any other subject."""


class FeedEntry(NamedTuple):
    """An entry: all differences of a record, or the difference of a figure, between a release and its predecessor."""

    entry: Entry
    extension: dict[str, Any]
    """For programs: `since`, `release`, and `changes` as in `overt diff --json`, with only some values of new records."""


class SubjectFeed(NamedTuple):
    """The contents of a feed, before it is encoded in Atom or JSON."""

    key: str
    title: str
    description: str
    day: str
    """Day of the newest release with a difference; of the oldest release if there is none."""
    entries: list[FeedEntry]


def subject_feed(site: Site, reader: Reader, subject: FeedSubject, site_address: str) -> SubjectFeed:
    """Return the feed of a subject, newest release first, with at most `MAX_ENTRIES` entries.

    `site_address`: prefix for the paths of entries. If it is empty, entries have no addresses.
    """
    stages = changes_between_releases.stages(reader)
    if subject.figure:
        entries = _figure_entries(site, reader, subject.figure, stages, site_address)
    else:
        entries = _record_entries(site, reader, subject, {stage.position: stage for stage in stages}, site_address)
    atlas = site.words.meta["manifest"]["title"] or "Overt"
    key = f"changes/{atlas}{subject.folder}/{site.language.code}"
    title = site.gettext("%(atlas)s: what changed, %(what)s", atlas=atlas, what=subject.title)
    day = entries[0].entry.day if entries else stages[0].date
    return SubjectFeed(key, title, _description(site, stages, len(entries)), day, entries[:MAX_ENTRIES])


def encode_feed(site: Site, request: Request, reader: Reader, subject: FeedSubject, form: str) -> bytes:
    """Encode the feed of a subject. `form` is `atom` or `json`.

    In a static edition of a site without an address, the feed has no addresses.
    """
    at = address_of(site, request)
    made = subject_feed(site, reader, subject, at)
    author = site.words.meta["manifest"]["title"] or "Overt"
    page, own = (f"{at}{site.url(path)}" if at else "" for path in (subject.page, f"{subject.folder}/changes.{form}"))
    if form == "json":
        pairs = [(item.entry, item.extension) for item in made.entries]
        return json_feed(
            made.key, made.title, pairs, author=author, description=made.description, language=site.language.tag, address=page,
            own=own,
        )  # fmt: skip
    return feed(
        made.key, made.title, [item.entry for item in made.entries], day=made.day, author=author, subtitle=made.description,
        language=site.language.tag, address=page, own=own,
    )  # fmt: skip


def _description(site: Site, stages: Sequence[Stage], entries: int) -> str:
    first = stages[0]
    if len(stages) == 1:
        return site.gettext("This is the first edition here. The next one will be compared with it.")
    if not entries:
        return site.gettext(
            "Nothing changed since edition %(release)s of %(date)s.", release=first.release, date=site.formats.date(first.date)
        )
    text = site.gettext(
        "What changed since edition %(release)s of %(date)s.", release=first.release, date=site.formats.date(first.date)
    )
    if entries <= MAX_ENTRIES:
        return text
    more = site.gettext("The newest %(n)s of %(all)s entries.", n=MAX_ENTRIES, all=site.formats.number(entries))
    return f"{text}{site.language.gap}{more}"


def _record_entries(
    site: Site, reader: Reader, subject: FeedSubject, stages: Mapping[int, Stage], site_address: str
) -> list[FeedEntry]:
    rows = [row for row in changes_by_subject.changes_of_subjects(reader, subject.subjects) if not _is_outdated(row)]
    entries = []
    for position, group in groupby(rows, key=lambda row: row.position):
        by_record = [list(differences) for _, differences in groupby(group, key=lambda row: row.id)]
        ids = [identity for differences in by_record[:MAX_ENTRIES] for row in differences for identity in _record_ids(row)]
        names = changes_by_subject.names(reader, position, ids)
        before, after = stages[position - 1], stages[position]
        entries += [_record_entry(site, names, differences, before, after, site_address) for differences in by_record]
    return entries


def _is_outdated(row: SubjectChange) -> bool:
    """Return whether a feed leaves a difference out, because its record no longer exists.

    The removal of a record, and its merge with another, stay in the feed.
    """
    return row.is_gone and row.difference["what"] not in ("removed", "merged")


def _record_ids(row: SubjectChange) -> list[str]:
    difference = row.difference
    return [row.id, difference["before"] or "", difference["after"] or "", *difference["gone"], *difference["come"]]


def _record_entry(
    site: Site, names: Any, rows: Sequence[SubjectChange], before: Stage, after: Stage, site_address: str
) -> FeedEntry:
    ordered = sorted((row.difference for row in rows), key=lambda difference: _ORDER.index(difference["what"]))
    sentences = list(dict.fromkeys(change_sentence(site, names, difference) for difference in ordered))
    more = len(sentences) - _MAX_SENTENCES
    lines = [site.gettext("%(sentence)s.", sentence=sentence) for sentence in sentences[:_MAX_SENTENCES]]
    if more > 0:
        lines.append(site.ngettext("%(n)s more change.", "%(n)s more changes.", more))
    lines.append(reason_sentence(site, [difference["reason"] for difference in ordered]))
    lines.append(site.gettext("Edition %(release)s", release=after.release))
    identity = rows[0].id
    is_served = identity in names and names[identity].type is not None
    page = record_url(ordered[0]["type"], identity) if is_served else "/corrections" if rows[0].is_corrected else ""
    entry = Entry(
        f"changes/{before.release}/{after.release}/{identity}/{site.language.code}",
        sentences[0],
        "\n".join(line for line in lines if line),
        after.date,
        f"{site_address}{site.url(page)}" if site_address and page else "",
        ordered[0]["what"],
    )
    return FeedEntry(entry, {"since": before.release, "release": after.release, "changes": ordered})


def _figure_entries(site: Site, reader: Reader, name: str, stages: Sequence[Stage], site_address: str) -> list[FeedEntry]:
    """Return an entry for each release in which the value or the status of a figure differs from the previous release."""
    figure = figures.find(reader, name)
    values = {row.position: row for row in changes_between_releases.figure_values(reader, name).get(name, [])}
    if figure is None:
        return []
    lines = history_texts.figure_values(site, stages, figure, list(values.values()), writer(site, figure.unit))
    of_stage = {line["stage"].position: line for line in lines}
    entries = []
    for before, after in pairwise(stages):
        old, new = values.get(before.position), values.get(after.position)
        if (old and (old.status, old.value)) == (new and (new.status, new.value)):
            continue
        texts = [of_stage[stage.position]["text"] or site.gettext("no value") for stage in (before, after)]
        title = site.gettext(
            "%(figure)s: %(after)s, before %(before)s", figure=_title(site, figure), before=texts[0], after=texts[1]
        )
        why = site.gettext("; ").join(of_stage[after.position]["why"])
        reason = site.gettext("Possible reason: %(why)s.", why=why) if why else ""
        summary = "\n".join(
            line for line in (f"{title}.", reason, site.gettext("Edition %(release)s", release=after.release)) if line
        )
        entry = Entry(
            f"changes/{before.release}/{after.release}/figure/{name}/{site.language.code}",
            title,
            summary,
            after.date,
            f"{site_address}{site.url(f'/figure/{name}')}" if site_address else "",
            "figure",
        )
        change = {
            "name": name,
            "before": old and old.value,
            "after": new and new.value,
            "status_before": old and old.status,
            "status_after": new and new.status,
        }
        entries.append(FeedEntry(entry, {"since": before.release, "release": after.release, "changes": [change]}))
    return entries[::-1]


def _title(site: Site, figure: Figure) -> str:
    return str(site.language.localized(figure, "title"))
