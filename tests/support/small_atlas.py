"""A small hand-made atlas: merges, a contested value, retractions, figures, a private source, and hostile text everywhere."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from overt.model.claim import CLAIMS, EVIDENCE
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.release.release_build import build_release
from overt.release.release_inputs import CaptureInput, ReleaseInputs, SourceInput
from overt.resolve.resolution_writer import MEMBERS
from tests.support.handwritten_claims import SourceRows
from tests.support.hostile_and_secret_words import ATTACKS
from tests.support.small_atlas_rows import make_editorial, make_sources


def _spec(slug: str, reuse: str, **more: object) -> dict[str, object]:
    return {
        "title": f"{slug.replace('_', ' ').title()} {ATTACKS[0]}",
        "publisher": f"Publisher of {slug}",
        "address": f"https://{slug.replace('_', '-')}.example/data",
        "licence": "CC BY 4.0" if reuse == "open" else "All rights reserved",
        "licence_url": r"https://licence.example\@evil.example/",  # not a link: browsers read the backslash as a slash
        "attribution": f"Source: {slug}",
        "reuse": reuse,
        "covers": f"What {slug} covers {ATTACKS[1]}",
        "not_covered": "All else",
        "records": {"project": "{id}"},
        "files": {"rows": {"patterns": [f"{slug}.csv"], "format": "csv"}},
        "scope": {"not-ours": "Rows about something else"},
        "rules": {"title-kinds@1": "The title names the kind"},
        **more,
    }


FIGURES: dict[str, tuple[dict[str, object], str]] = {
    "test-projects": (
        {
            "title": "Projects of the test",
            "title_zh": "测试项目",
            "question": f"How many projects are there? {ATTACKS[0]}",
            "unit": "projects",
            "counting_unit": "project",
            "counts_in": "Every project",
            "counts_out": "Nothing",
            "any_of": ["open_projects"],
            "groups": ["country", "name"],
            "variants": [
                {"name": "kenya", "title": "In Kenya", "where": "list_contains(country, 'KE')"},
                {"name": "untold", "title": "Told by no row", "where": "true", "told": "false"},
            ],
            "comparators": [{"measure": "surveillance-export-countries"}],
            "headline": True,
        },
        "SELECT p.id AS unit_id, p.country, p.name FROM projects AS p",
    ),
    "test-money": (
        {
            "title": "Money of the test",
            "title_zh": "测试资金",
            "question": "How much?",
            "unit": "USD@2021",
            "counting_unit": "commitment",
            "measure": "sum",
            "counts_in": "All",
            "counts_out": "None",
            "any_of": ["open_projects", "secret_map"],
            "groups": ["year"],
            "headline": True,
        },
        "SELECT id AS unit_id, amount, year(agreed_from) AS year FROM commitments WHERE amount_unit = 'USD@2021'",
    ),
    "test-countries": (
        {
            "title": "Countries of the test",
            "title_zh": "测试国家",
            "question": "In how many countries?",
            "unit": "countries",
            "counting_unit": "country",
            "counts_in": "All",
            "counts_out": "None",
            "any_of": ["open_projects"],
            "groups": ["country", "year"],
        },
        "SELECT country AS unit_id, country, year FROM assessments",
    ),
    "test-secret": (
        {
            "title": "Number of a source that may not be shown",
            "title_zh": "私有",
            "question": "How many?",
            "unit": "projects",
            "counting_unit": "project",
            "counts_in": "All",
            "counts_out": "None",
            "requires": ["secret_map"],
            "headline": True,
        },
        "SELECT p.id AS unit_id FROM projects AS p WHERE p.id IN (SELECT id FROM members WHERE source = 'secret_map')",
    ),
}


MERGED = (
    ("secret_map:huawei", "open_register:huawei", "open_projects:huawei"),
    ("secret_map:nairobi", "open_projects:nairobi", "other_projects:safe-city-nairobi"),
)
RETRACTIONS = (
    {
        "sequence": 3,
        "at": "2026-02-02T00:00:00Z",
        "who": "An Editor",
        "why": "The publisher took it back",
        "target": "open_projects:gone",
    },
    {"sequence": 4, "at": "2026-02-02T00:00:00Z", "who": "An Editor", "why": "SECRET-77 slip", "target": "secret_map:lost"},
)
JUDGEMENTS = (
    {
        "sequence": 1,
        "at": "2026-02-01T00:00:00Z",
        "who": "An Editor",
        "why": "Same city and year",
        "verdict": "same",
        "left": "open_projects:nairobi",
        "right": "other_projects:safe-city-nairobi",
    },
    {
        "sequence": 2,
        "at": "2026-02-01T00:00:00Z",
        "who": "An Editor",
        "why": "SECRET-77 reason",
        "verdict": "same",
        "left": "secret_map:huawei",
        "right": "open_register:huawei",
    },
)


def make_atlas(root: Path, note: str = "", without: frozenset[str] = frozenset()) -> tuple[Workspace, str]:
    """Make a workspace with a release, or another release of an existing workspace. `without`: sources to leave out."""
    if (root / "overt.toml").exists():
        workspace = Workspace.open(root)
        return workspace, _release(workspace, note, without)
    template, release = _template(note, without)
    shutil.copytree(template, root)
    return Workspace.open(root), release


@cache
def _template(note: str, without: frozenset[str]) -> tuple[Path, str]:
    """Make the template for copies of the atlas, once per process. It must not be changed."""
    folder = Path(tempfile.mkdtemp(prefix="overt-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    workspace = Workspace.create(folder / "atlas")
    _write_content(workspace.root)
    return workspace.root, _release(workspace, note, without)


def _write_content(root: Path) -> None:
    for slug, spec in {
        "open_register": _spec("open_register", "open", own=True),
        "open_projects": _spec("open_projects", "open"),
        "other_projects": _spec("other_projects", "open"),
        "secret_map": _spec("secret_map", "private", covers="Covers SECRET-77"),
    }.items():
        folder = root / "sources" / slug
        folder.mkdir(parents=True)
        (folder / "source.yml").write_text(yaml.safe_dump(spec, allow_unicode=True), encoding="utf-8")
    for name, (definition, query) in FIGURES.items():
        folder = root / "figures" / name
        folder.mkdir(parents=True)
        (folder / "figure.yml").write_text(yaml.safe_dump(definition, allow_unicode=True), encoding="utf-8")
        (folder / "query.sql").write_text(query, encoding="utf-8")


def _release(workspace: Workspace, note: str, without: frozenset[str]) -> str:
    sources = [source for source in make_sources() if source.slug not in without]
    editorial = SourceRows("editorial", "", 0) if "editorial" in without else make_editorial()
    inputs = ReleaseInputs(
        sources=[_store(workspace, source) for source in sources],
        captures=[
            CaptureInput(
                source.capture,
                source.slug,
                "rows",
                f"{source.slug}.csv",
                f"https://{source.slug}.example/",
                source.retrieved,
                f"{source.retrieved}-x",
                "CC",
                10,
            )
            for source in sources
        ],
        members=_members(workspace, [*sources, editorial]),
        editorial=pa.Table.from_pylist([{"claim_id": claim.id, **claim._asdict()} for claim in editorial.claims], schema=CLAIMS),
        retractions=RETRACTIONS,
        judgements=JUDGEMENTS,
        note=note,
        title="Test atlas",
    )
    return build_release(inputs, workspace.content, workspace.releases)


def _store(workspace: Workspace, source: SourceRows) -> SourceInput:
    folder = workspace.claims / source.slug / "x"
    folder.mkdir(parents=True, exist_ok=True)
    claims = {claim.id: {"claim_id": claim.id, **claim._asdict()} for claim in source.claims}
    pq.write_table(pa.Table.from_pylist(list(claims.values()), schema=CLAIMS), folder / "claims.parquet")
    pq.write_table(
        pa.Table.from_pylist([place._asdict() for place in source.evidence], schema=EVIDENCE), folder / "evidence.parquet"
    )
    rows = len(source.types)
    report = {
        "rows_read": rows + 2,
        "imported": rows,
        "out_of_scope": 2,
        "problems": 0,
        "claims": len(claims),
        "as_of": None,
        "as_of_said": None,
        "part": None,
        "suppliers": None,
        "other_edition": None,
        "out_of_scope_by_rule": {"not-ours": 2},
    }
    return SourceInput(
        source.slug, f"{source.retrieved}-x", source.retrieved, folder / "claims.parquet", folder / "evidence.parquet", report,
        position=int(source.retrieved.replace("-", "")),
    )  # fmt: skip


def _members(workspace: Workspace, sources: list[SourceRows]) -> Path:
    records = {record: (source, record_type) for source in sources for record, record_type in source.types.items()}
    anchors = {
        record: next(member for member in group if member in records) for group in MERGED for record in group if record in records
    }
    rows = [
        {
            "record": record,
            "type": record_type,
            "id": canonical_id(anchors.get(record, record)),
            "source": source.slug,
            "first_position": source.position,
            "own_id": canonical_id(record),
        }
        for record, (source, record_type) in sorted(records.items())
    ]
    workspace.resolved.mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=MEMBERS), workspace.resolved / "members.parquet")
    return workspace.resolved / "members.parquet"


@dataclass(frozen=True)
class SmallAtlas:
    """A workspace and the id of its newest release."""

    workspace: Workspace
    release: str
