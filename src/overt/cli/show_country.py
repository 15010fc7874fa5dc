"""What `overt show` tells of a country: how much of what a release records in it."""

from collections.abc import Iterator
from typing import Any

from overt.cli.words import with_unit
from overt.model.areas import Areas
from overt.model.errors import ValueProblem, format_count
from overt.release.release import Release

Data = dict[str, Any]
_NAMED = 10
"""Organisations that are told."""
_BESIDE = ("assessments", "indicators", "agreements", "restrictions")


def country_code(areas: Areas, name: str, *, code: bool) -> str | None:
    """The area that a text names; with `code` only one that is written as a code: a name can be a record's, too."""
    try:
        found = areas.find(name)
    except ValueProblem:
        return None
    return found if not code or name.strip() in (found, areas.areas[found].alpha3) else None


def country_data(held: Release, areas: Areas, code: str) -> Data:
    """A country of a release: projects (one of several countries or layers counts in each), money, and what else is told."""
    area = areas.areas[code]
    [counts] = held.rows(_COUNTS, [code] * (1 + len(_BESIDE)))
    return {
        "id": code,
        "release": held.id,
        "type": "country",
        "label": area.label,
        "label_zh": area.label_zh,
        **counts,
        "layers": held.rows(_LAYERS, [code]),
        "organizations": held.rows(_ORGANIZATIONS, [code, _NAMED]),
        "commitments": held.rows(_MONEY, [code]),
    }


def country_lines(found: Data) -> Iterator[str]:
    """The same for people."""
    yield f"{found['label']}  (country {found['id']}, release {found['release']})"
    yield ""
    yield f"projects: {found['projects']:,}"
    yield from (f"  {row['label']}: {row['projects']:,}" for row in found["layers"])
    if found["organizations"]:
        yield ""
        yield "organisations with a part in the most projects:"
        yield from (f"  {row['label'] or row['id']} ({row['id']}): {row['projects']:,}" for row in found["organizations"])
    if found["commitments"]:
        yield ""
        yield "money promised:"
    for row in found["commitments"]:
        promised = f"{with_unit(str(row['amount']), row['unit'])}, " if row["unit"] else "without an amount, "
        yield f"  {promised}{format_count(row['commitments'], 'commitment')}"
    yield ""
    yield "; ".join(f"{name}: {found[name]:,}" for name in _BESIDE)
    yield f"the rows: /country/{found['id']} of the site (`overt serve`)"


_COUNTS = """
    SELECT (SELECT count(*) FROM projects WHERE list_contains(country, ?)) AS projects,
        (SELECT count(*) FROM assessments WHERE country = ?) AS assessments,
        (SELECT count(*) FROM indicators WHERE country = ?) AS indicators,
        (SELECT count(*) FROM agreements WHERE list_contains(party_country, ?)) AS agreements,
        (SELECT count(*) FROM restrictions WHERE country = ?) AS restrictions
"""
_LAYERS = """
    SELECT l.id AS layer, any_value(l.label) AS label, count(DISTINCT p.id) AS projects
    FROM projects AS p
    JOIN project_kinds AS k ON k.id = p.id
    JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
    JOIN terms AS l ON l.vocabulary = 'layers' AND l.id = t.layer
    WHERE list_contains(p.country, ?)
    GROUP BY l.id
    ORDER BY projects DESC, l.id
"""
_ORGANIZATIONS = """
    WITH here AS (SELECT id FROM projects WHERE list_contains(country, ?)),
    named AS (
        SELECT project, organization FROM roles
        UNION
        SELECT project, unnest(financier) FROM commitments
    )
    SELECT r.id, r.label, count(DISTINCT n.project) AS projects
    FROM named AS n
    JOIN here ON here.id = n.project
    JOIN records AS r ON r.id = n.organization
    GROUP BY r.id, r.label
    ORDER BY projects DESC, r.label, r.id
    LIMIT ?
"""
_MONEY = """
    SELECT c.amount_unit AS unit, count(*) AS commitments, sum(c.amount) AS amount
    FROM commitments AS c
    JOIN projects AS p ON p.id = c.project
    WHERE list_contains(p.country, ?)
    GROUP BY c.amount_unit
    ORDER BY c.amount_unit NULLS LAST
"""
