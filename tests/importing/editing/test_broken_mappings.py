"""Every mistake in a mapping, or in a file for it, gives one grouped report that says what to change."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from overt.model.workspace import Workspace
from tests.importing.mapping.tracker_source import MAPPING, ROW, SLUG, make_workbook
from tests.support.command_runs import overt

ROWS = 31
NAMES = "        name: [{column: Project, lang: en}, {column: 项目名称, lang: zh}]\n"


class Broken(NamedTuple):
    """A mistake: a text in the mapping and its replacement, cells of all rows, and texts that the report must have."""

    before: str = ""
    after: str = ""
    cells: Mapping[str, object] = {}
    says: Sequence[str] = ()


MISTAKES = {
    "wrong key of a value": Broken(
        'split: [";", "/"]', 'splitt: [";"]', says=["there is no key 'splitt' (is it 'split'?)", "use one of column, constant"]
    ),
    "wrong key of the source": Broken("licence:", "license:", says=["there is no key 'license' (is it 'licence'?)"]),
    "wrong key of a file": Broken(
        "sheet: Projects", "sheets: Projects", says=["files.tracker: there is no key 'sheets' (is it 'sheet'?)"]
    ),
    "lookup missing": Broken("lookup: kinds", "lookup: kindz", says=["`lookups:` has no 'kindz' (is it 'kinds'?)"]),
    "wrong term in a lookup": Broken(
        "Operational: operational",
        "Operational: operative",
        says=[
            "lookups.statuses: 'Operational': 'operative' is not a term of statuses (is it 'operational'?); use one of ",
            " (docs/data-dictionary.md#statuses)",
        ],
    ),
    "unknown record type": Broken(
        "record: project", "record: projct", says=["no record type 'projct' (is it 'project'?)", "organization"]
    ),
    "wrong property": Broken(
        "agreed:", "signed_on:", says=["project has no 'signed_on'; it has name, kind, status, country, agreed"]
    ),
    "misspelled role": Broken("supplier:", "suplier:", says=["project has no 'suplier' (is it 'supplier'?)"]),
    "rule missing": Broken(
        "country: Country", "country: {column: Country, rule: title@1}", says=["`rules:` has no 'title@1'; add it there"]
    ),
    "scope rule missing": Broken(
        "ignore: {Notes",
        "out_of_scope: {planned: {column: Status, equals: x}}\n    ignore: {Notes",
        says=["'planned' is not among `scope:`"],
    ),
    "key of the record missing": Broken(
        '  project: "{No}"\nunique: [project]', '  organization: "{No}"', says=["`records:` has no key for project, as in"]
    ),
    "required property missing": Broken(NAMES, "", says=["every project needs 'name'"]),
    "regular expression broken": Broken(
        "country: Country", 'country: {column: Country, match: "("}', says=["country.0.match: is not a regular expression"]
    ),
    "regular expression that can take forever": Broken(
        "country: Country", "country: {column: Country, match: '(?=a)b'}", says=["is not a regular expression of RE2"]
    ),
    "factor with a word": Broken("{column: Value,", "{column: Value, times: million,", says=["times: 'million' is not a number"]),
    "format of dates without a year": Broken('"%b %Y"', '"%d %b"', says=["dates: '%d %b' has no year (%Y)"]),
    "format of dates with a day and no month": Broken('"%b %Y"', '"%d %Y"', says=["'%d %Y' has a day, but no month"]),
    "unknown format of dates": Broken('"%b %Y"', '"%e %b %Y"', says=["%e is not known; use %d, %m"]),
    "empty separator": Broken('split: [";", "/"]', 'split: ""', says=["split: an empty text separates nothing"]),
    "half a point": Broken("geocode: true", "latitude: No", says=["a point needs `latitude:` and `longitude:`"]),
    "column about persons": Broken(
        "header: 3}", "header: 3, persons: [Client]}", says=["reads column 'Client', but 'Client' is under `persons:`"]
    ),
    "word twice in a lookup": Broken(
        "{Operational: operational,",
        "{Operational: operational, operational: completed,",
        says=["lookups.statuses: 'Operational' and 'operational' are the same word"],
    ),
    "no code of a language": Broken("lang: en}", "lang: English}", says=["'English' is not the code of a language"]),
    "unknown currency": Broken(
        "{column: Value,", "{column: Value, currency: Dollar,", says=["currency: 'Dollar' is not the code of a currency"]
    ),
    "each without a column": Broken("name: [", "each: {constant: x}\n        name: [", says=["`each:` needs a column"]),
    "each and per_column": Broken(
        "name: [", "each: Country\n        per_column: kinds\n        name: [", says=["a record is made for one of them"]
    ),
    "column and constant": Broken(
        "country: Country",
        "country: {column: Country, constant: KE}",
        says=["needs one of `column:`, `constant:` and `template:`"],
    ),
    "condition without a test": Broken(
        "country: Country",
        "country: {column: Country, when: {column: Status}}",
        says=["a condition needs one of equals, differs"],
    ),
    "key of a role on a property": Broken(
        "country: Country",
        "country: {column: Country, start: Signed}",
        says=["has no key 'start': only a role, such as `supplier:`"],
    ),
    "mapping of another role": Broken(
        "mapping:\n  tracker:", "mapping:\n  trackr:", says=["`mapping` names 'trackr', which `files` does not"]
    ),
    "no YAML": Broken("lookups:", "lookups: [", says=["source.yml, line ", "not YAML"]),
}
FILE_MISTAKES = {
    "wrong column": Broken(
        "country: Country", "country: Cuntry", says=["column 'Cuntry' (is it 'Country'?) is missing; the file has 'No'"]
    ),
    "renamed column": Broken(
        "customer: Client",
        "customer: Buyer",
        says=["column 'Buyer' is missing", "; new in the file: 'Client'; if a column was renamed"],
    ),
    "key of a column that is missing": Broken('"{No}"', '"{Number}"', says=["column 'Number' is missing"]),
    "wrong header": Broken("header: 3", "header: 1", says=["the column names of tracker_1.xlsx seem to be in `header: 3`"]),
    "wrong sheet": Broken("sheet: Projects", "sheet: Project", says=["there is no sheet 'Project' (it has 'Projects')"]),
}
ROW_PROBLEMS = {
    "word missing in a lookup": Broken(
        cells={"Status": "live"}, says=["in column Status: unknown status 'live'", "live: operational"]
    ),
    "no lookup": Broken(
        "{column: Status, lookup: statuses}",
        "Status",
        {"Status": "live"},
        ["add `lookup: statuses` to column Status", "live: operational"],
    ),
    "two formats of dates that differ": Broken(
        '"%b %Y"]',
        '"%m/%d/%Y"]',
        {"Signed": "03/04/2019"},
        ["can be 2019-03-04 or 2019-04-03", "write only one of them under `dates:`"],
    ),
    "no format of dates": Broken(', dates: ["%d/%m/%Y", "%b %Y"]', "", says=['write `dates: ["%d/%m/%Y"]` for column Signed']),
    "a date in words": Broken(
        cells={"Signed": "soon"}, says=["add `corrections: dates` to column Signed", '# soon: ?  # as in "2019", 2019-05']
    ),
    "no currency": Broken(cells={"Value": "1.2m"}, says=["add `currency: USD`, or another code, to column Value"]),
    "an amount in words": Broken(
        cells={"Value": "about two"},
        says=["add `corrections: amounts` to column Value", "# about two: ?  # as in 1200000 USD", "add it to `empty:`"],
    ),
    "unknown country": Broken(
        cells={"Country": "Kennya"}, says=["add `lookup: countries` to column Country", "# Kennya: ?  # similar: KE"]
    ),
    "an address without its protocol": Broken(
        cells={"Source URL": "www.example.org/a"},
        says=["add `corrections: addresses` to column Source URL", 'www.example.org/a: "https://www.example.org/a"'],
    ),
    "a currency's column without a currency": Broken(
        "{column: Value,",
        "{column: Value, currency: {column: Lender},",
        {"Value": "1.2m", "Lender": None},
        ["doesn't say in which currency, and column Lender is empty"],
    ),
    "several values from two columns in a key": Broken(
        'project: "{No}"',
        'project: "{name}"',
        says=["in the key of project under `records:`, write one column instead of {name}"],
    ),
    "several values from one column in a key": Broken(
        'project: "{No}"', 'project: "{No}-{kind}"', {"Type": "cctv; face recognition"}, ["add `each: {column: Type, split: …}`"]
    ),
    "a text in place of an address": Broken(
        cells={"Source URL": "see report"}, says=["add `empty: [see report]` to column Source URL"]
    ),
    "empty key": Broken(cells={"No": None}, says=["No: is empty, but part of the key of the project"]),
    "unused column": Broken(
        "ignore: {Notes: our own reminders}",
        "ignore: {}",
        says=["31 rows: column 'Notes' is neither used nor ignored", "Notes: ?  # why it is not used"],
    ),
    "a pattern that does not fit": Broken(
        "country: Country", 'country: {column: Country, match: "^X"}', says=["does not fit the pattern ^X"]
    ),
}


def report(folder: Path, broken: Broken) -> list[str]:
    """Return the lines of the report about a broken mapping or file. It must have the texts in `broken.says`."""
    assert broken.before in MAPPING
    Workspace.create(folder / "atlas")
    source = folder / "atlas" / "sources" / SLUG
    source.mkdir(parents=True)
    (source / "source.yml").write_text(
        MAPPING.replace(broken.before, broken.after, 1) if broken.before else MAPPING, encoding="utf-8"
    )
    rows = [{**ROW, "No": number, **broken.cells} for number in range(1, ROWS + 1)]
    (folder / "tracker_1.xlsx").write_bytes(make_workbook(rows))
    outcome = overt("-w", folder / "atlas", "import", "--dry-run", SLUG, "--from", folder / "tracker_1.xlsx")
    assert outcome.code == 1 and len(outcome.errors) == 1
    text = outcome.err
    for part in broken.says:
        assert part in text, text
    return outcome.err.splitlines()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_mapping_is_named_once(tmp_path: Path, name: str) -> None:
    lines = report(tmp_path, MISTAKES[name])
    assert lines[-1] == "overt: nothing was imported; correct the files above"
    assert lines[0] == "sources/tracker/source.yml: 1 mistake:" or name == "no YAML"


@pytest.mark.parametrize("name", FILE_MISTAKES)
def test_a_mapping_that_does_not_fit_the_file_gets_one_line(tmp_path: Path, name: str) -> None:
    lines = report(tmp_path, FILE_MISTAKES[name])
    assert len(lines) == 2 and lines[0].startswith("tracker: tracker_1.xlsx: ")


@pytest.mark.parametrize("name", ROW_PROBLEMS)
def test_a_problem_of_all_rows_is_one_group(tmp_path: Path, name: str) -> None:
    lines = report(tmp_path, ROW_PROBLEMS[name])
    [group] = [line for line in lines if line.startswith("tracker: tracker_1.xlsx: ")]
    assert f"{ROWS} rows" in group


def test_rows_with_the_same_id_are_one_group(tmp_path: Path) -> None:
    lines = report(tmp_path, Broken(cells={"No": 7}, says=["duplicate id: … is already in", "remove it from `unique:`"]))
    [group] = [line for line in lines if line.startswith("tracker: tracker_1.xlsx: ")]
    assert f"{ROWS - 1} rows" in group
