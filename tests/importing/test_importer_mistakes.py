"""Mistakes in an importer are one-line errors, and a refused row has no effect on other rows."""

from pathlib import Path

import pytest

from overt.importing import FileProblem
from overt.importing.folder_import_without_archive import import_folder
from overt.importing.snapshot_importer_run import Outcome
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError, OvertError

SOURCE = """\
title: T
publisher: P
address: https://example.org/
licence: CC0
attribution: A
reuse: open
covers: C
not_covered: N
records: {project: "{id}", organization: "organization/{name}", role: "role/{id}", document: "{id}"}
files:
  table: {patterns: ["t.csv"], format: csv}
  other: {patterns: ["o.csv"], format: csv, optional: true}
scope: {out: Out.}
lookups: {word: {signed: agreed}}
rules: {"rule@1": A rule.}
"""
NAMED = 'project = ctx.record("project", id=row["id"]); project.add("name", row["name"])'


def run(tmp_path: Path, importer: str, table: str = "id,name\n1,A\n2,B\n", unique: str = "", **files: str) -> object:
    """Import a table with an importer whose `run` has this body.

    `unique`: the record types under `unique:` of source.yml; `files`: further tables by file name without `.csv`.
    """
    folder = tmp_path / "atlas" / "sources" / "toy"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(f"{SOURCE}unique: [{unique}]\n", encoding="utf-8")
    body = "".join(f"    {line}\n" for line in importer.splitlines())
    (folder / "importer.py").write_text(f"def run(ctx):\n{body}", encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    for name, text in {"t": table, **files}.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    return import_folder(Catalogue(tmp_path / "atlas"), "toy", data)


def in_rows(body: str) -> str:
    return f'for row in ctx.rows("table"):\n    with row:\n        {body}'


def test_a_good_importer(tmp_path: Path) -> None:
    run(tmp_path, in_rows(NAMED))


@pytest.mark.parametrize(
    ("importer", "why"),
    [
        pytest.param('for row in ctx.rows("table"): row["id"]', "must handle t.csv row=2 in one `with` block", id="no with"),
        pytest.param(
            f'for row in ctx.rows("table"):\n    for _ in "ab":\n        with row: {NAMED}',
            "must handle t.csv row=2 in one `with`",
            id="with twice",
        ),
        pytest.param(
            f'for row in ctx.rows("table"):\n    with row: {NAMED}\n    break',
            "never reads the file t.csv ('table') to its end",
            id="stops early",
        ),
        pytest.param("pass", "never reads the file t.csv ('table')", id="forgets a file"),
        pytest.param('list(ctx.rows("tabel"))', "`files:` of source.yml has no role 'tabel'", id="unknown role"),
        pytest.param(in_rows('row.out_of_scope("off")'), "scope rule 'off' is not among `scope:`", id="unknown scope rule"),
        pytest.param(in_rows('ctx.lookup("words", row["id"])'), "source.yml has no lookup 'words'", id="unknown lookup"),
        pytest.param(
            in_rows('ctx.record("place", id=row["id"])'), "`records:` of source.yml has no key for 'place'", id="unknown type"
        ),
        pytest.param(
            in_rows('ctx.record("project", name=row["id"])'), "is '{id}', which has no part 'name'", id="unknown key part"
        ),
        pytest.param(
            in_rows('ctx.record("project")'), "the key of project is '{id}', but 'id' was not given", id="missing key part"
        ),
        pytest.param(
            in_rows(f'{NAMED}; project.add("colour", row["name"])'), "project has no property 'colour'", id="unknown property"
        ),
        pytest.param(
            in_rows(f'{NAMED}; project.add("kind", "investment")'), "needs at=, the cell that says so", id="no evidence"
        ),
        pytest.param(
            in_rows(f'{NAMED}; project.code("kind", "investment", at=row["name"], rule="x@1")'),
            "rule 'x@1' is not among `rules:`",
            id="unknown rule",
        ),
        pytest.param(
            in_rows(f'{NAMED}; project.add("kind", "investment", at=row["name"], rule="rule@1")'),
            "stated ones have none",
            id="stated by rule",
        ),
        pytest.param(
            in_rows(f'{NAMED}; part = ctx.record("role", id=row["id"]); part.add("organization", project, at=row["id"])'),
            "organization names a record of type organization; toy:1 is of type project",
            id="wrong type of record",
        ),
        pytest.param(
            in_rows(f'{NAMED}; ctx.record("document", id=row["id"])'),
            "toy:1 has two types, project and document; give one key a prefix",
            id="two types in a row",
        ),
        pytest.param('ctx.record("project", id="1")', "made a record outside a row's `with` block", id="outside"),
        pytest.param('rows = list(ctx.rows("table"))', "must handle t.csv row=2 in one `with` block", id="rows stored for later"),
        pytest.param(
            in_rows(f"{NAMED}; 1 / 0"),
            "sources/toy/importer.py, line 4: ZeroDivisionError: division by zero at t.csv row=2",
            id="crash",
        ),
        pytest.param(in_rows('{}["x"]'), "sources/toy/importer.py, line 4: KeyError: 'x' at t.csv row=2", id="missing key"),
        pytest.param("raise ValueError('a\\nb')", "sources/toy/importer.py, line 2: ValueError: a b", id="crash outside a row"),
        pytest.param('ctx.words("none.yml")', "none.yml: cannot be read", id="no words"),
    ],
)
def test_a_mistake_of_an_importer(tmp_path: Path, importer: str, why: str) -> None:
    with pytest.raises(ContentError) as caught:
        run(tmp_path, importer)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"never reads the file o\.csv \('other'\)"):
        run(tmp_path, in_rows(NAMED), o="id\n1\n")


def test_a_record_with_two_types_in_two_rows(tmp_path: Path) -> None:
    importer = in_rows(
        'kind = "project" if row["name"] else "document"; '
        'ctx.record(kind, id="1").add("website" if row["name"] else "url", row["link"])'
    )
    with pytest.raises(ContentError, match="toy:1 has two types"):
        run(tmp_path, importer, table="name,link\nA,http://x.org/\n,http://y.org/\n")


def test_a_record_that_no_row_makes(tmp_path: Path) -> None:
    importer = in_rows(
        f'{NAMED}; part = ctx.record("role", id=row["id"]); part.add("project", project, at=row["id"]); '
        'part.add("role", "owner", at=row["id"]); part.add("organization", ctx.record("organization", name="x"), at=row["id"])'
    )
    with pytest.raises(FileProblem, match="toy:role/1 names toy:organization/x as its organization, which no row makes"):
        run(tmp_path, importer)


def test_a_record_without_a_required_property(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="toy:1 has no name, which every project needs"):
        run(tmp_path, in_rows('ctx.record("project", id=row["id"]).add("description", row["name"])'))


def test_claims_of_other_rows_about_a_refused_record_are_dropped(tmp_path: Path) -> None:
    """Row 2 makes project 1 and is refused. Row 3 adds to project 1, which then has no name."""
    importer = in_rows(
        'project = ctx.record("project", id="1"); project.add("description", row["name"]); '
        'row["id"].text == "1" and (project.add("name", row["name"]), row.problem("refused"))'
    )
    outcome = run(tmp_path, importer)
    assert (outcome.claims, outcome.evidence, outcome.report.imported) == ([], [], 1)  # type: ignore[attr-defined]


def test_a_value_problem_in_the_importer_is_the_row_s_problem(tmp_path: Path) -> None:
    """An importer may use the model's functions. A value that they refuse is a problem of the row, not a crash."""
    importer = "from overt.model.values.geometry import point\n" + in_rows(f'{NAMED}; point("x", "y")')
    outcome = run(tmp_path, importer)
    assert [problem.locator for problem in outcome.report.problems] == ["row=2", "row=3"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def run(ctx:", "SyntaxError"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("x = 1 / 0", "ZeroDivisionError"),
        ("def walk(ctx): pass", "has no function run(ctx)"),
        (None, "importer.py is missing"),
    ],
)
def test_an_importer_that_cannot_be_loaded(tmp_path: Path, text: str | None, why: str) -> None:
    folder = tmp_path / "sources" / "toy"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(SOURCE, encoding="utf-8")
    (folder / "t.csv").write_text("id,name\n1,A\n", encoding="utf-8")
    if text is not None:
        (folder / "importer.py").write_text(text, encoding="utf-8")
    with pytest.raises(OvertError) as caught:
        import_folder(Catalogue(tmp_path), "toy", folder)
    assert str(caught.value).startswith("sources/toy")
    assert why in str(caught.value)


def test_a_refused_row_has_no_effect_on_later_rows(tmp_path: Path) -> None:
    """Row 2 is refused by the importer, row 3 because of an unread column."""
    importer = (
        "seen = []\n"
        'for row in ctx.rows("table"):\n'
        "    with row:\n"
        '        name = row["name"].text\n'
        "        row.when_imported(lambda: seen.append(name))\n"
        '        project = ctx.record("project", id=row["id"]); project.add("name", row["name"])\n'
        '        name == "A" and row.problem("refused")\n'
        '        name == "C" and project.add("description", ",".join(seen) or "none", at=row["id"])\n'
        '        name == "D" and project.add("description", ",".join(seen) or "none", at=row["id"])'
    )
    outcome = run(tmp_path, importer, table="id,name,note\n1,A,\n2,B,left over\n3,C,\n4,D,\n")
    assert isinstance(outcome, Outcome)
    assert [claim.value for claim in outcome.claims if claim.property == "description"] == ["none", "C"]


def test_a_refused_row_leaves_its_ids_free(tmp_path: Path) -> None:
    """Row 3 has a new project and an existing one. Only imported rows make an id a duplicate."""
    importer = in_rows('ids = row["id"].text.split("+"); [ctx.record("project", id=key).add("name", row["name"]) for key in ids]')
    outcome = run(tmp_path, importer, "id,name\n1,A\n2+1,B\n2,C\n2,D\n", unique="project")
    assert isinstance(outcome, Outcome)
    assert [problem.message for problem in outcome.report.problems] == [
        "duplicate id: toy:1 is already in t.csv row=2",
        "duplicate id: toy:2 is already in t.csv row=4",
    ]
    assert [claim.value for claim in outcome.claims] == ["A", "C"]
