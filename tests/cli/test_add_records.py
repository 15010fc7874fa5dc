"""`overt add`: the records of a file are checked, added and undone together; its templates can be added as they are."""

from pathlib import Path

import orjson
import pytest
import yaml

from overt.ledger import open_ledger
from overt.model.content_catalogue import Catalogue
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.command_runs import Outcome, overt

DOCUMENT = {"title": "Annual report", "place": "page 12", "url": "https://example.org/report"}
PROJECT = {
    "record": "project",
    "name": ["Safe city of Nairobi", {"value": "内罗毕平安城市"}],
    "kind": ["video-surveillance", "Facial recognition"],
    "country": "Kenya",
    "agreed": "2019-05-17",
    "supplier": ["Huawei", {"name": "Safaricom", "country": "Kenya", "start": 2015}],
    "place": "Nairobi",
    "commitment": {"amount": "US$1.2m", "financier": "China Exim Bank", "flow-type": "loan"},
    "document": DOCUMENT,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with Huawei, a bank, and two organisations that share a name."""
    atlas = Atlas(tmp_path_factory.mktemp("added"))
    rows = make_statements("organization", "hw", name="Huawei", country="CN")
    rows += make_statements("organization", "s1", name="Sunrise", country="KE")
    rows += make_statements("organization", "s2", name="Sunrise", country="CH", website="https://sunrise.example/")
    rows += make_statements("organization", "exim", name="China Exim Banks", country="CN")
    rows += make_statements("agreement", "law", name="China Exim Bank Act", kind="law", party_country="CN")
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


@pytest.fixture
def atlas(built: Atlas, tmp_path: Path) -> Atlas:
    return built.copy_to(tmp_path)


def write(atlas: Atlas, *entries: object) -> Path:
    path = atlas.root.parent / "entries.yml"
    path.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return path


def problems(atlas: Atlas, *entries: object) -> list[str]:
    outcome = overt("-w", atlas.root, "add", write(atlas, *entries), *BY)
    assert outcome.code == 1, outcome
    return [line for line in outcome.err.splitlines() if not line.startswith("overt: ")]


def add(atlas: Atlas, file: Path, *words: object) -> Outcome:
    return atlas.ok("add", file, *BY, *words)


def claims(atlas: Atlas) -> dict[tuple[str, str], set[str]]:
    result: dict[tuple[str, str], set[str]] = {}
    for claim in open_ledger(atlas.workspace).claims():
        result.setdefault((claim.record, claim.property), set()).add(claim.value)
    return result


def test_a_project_comes_with_roles_places_money_and_documents(atlas: Atlas) -> None:
    data = orjson.loads(add(atlas, write(atlas, PROJECT), "--json").out)
    project = "editorial:project/safe-city-of-nairobi"
    added = claims(atlas)
    assert added[project, "name"] == {"Safe city of Nairobi", "内罗毕平安城市"}
    assert added[project, "kind"] == {"video-surveillance", "facial-recognition"}
    assert added[project, "country"] == {"KE"}
    assert added[f"{project}/supplier/hw", "organization"] == {"alpha:hw"}
    assert added[f"{project}/supplier/safaricom", "start"] == {"2015"}
    assert added["editorial:organization/safaricom", "country"] == {"KE"}
    assert added[f"{project}/place/nairobi", "precision"] == {"locality"}
    assert added[f"{project}/commitment/china-exim-bank/1200000-usd", "amount"] == {"1200000"}
    assert ("alpha:hw", "name") not in added
    assert {record["record"] for record in data["records"] if not record["new"]} == {"alpha:hw"}
    langs = {claim.value: claim.lang for claim in open_ledger(atlas.workspace).claims() if claim.property == "name"}
    assert (langs["内罗毕平安城市"], langs["Safe city of Nairobi"]) == ("zh", "en")


def test_similar_names_are_suggested(atlas: Atlas) -> None:
    data = orjson.loads(add(atlas, write(atlas, PROJECT), "--json").out)
    similar = data["similar"]["China Exim Bank"]
    assert "China Exim Banks" in similar[0]
    assert "Act" not in " ".join(similar), "a law is no bank"
    outcome = overt("-w", atlas.root, "add", write(atlas, {**PROJECT, "name": "Another"}), "--dry-run")
    assert "“China Exim Bank” is new" not in outcome.err, "it was added by the first entry"


def test_the_act_is_taken_back_as_one(atlas: Atlas) -> None:
    first = orjson.loads(add(atlas, write(atlas, PROJECT), "--json").out)["first"]
    atlas.ok("judge", "undo", first + 3, *BY)
    assert claims(atlas) == {}
    add(atlas, write(atlas, PROJECT))


def test_added_records_are_in_the_next_release(atlas: Atlas) -> None:
    add(atlas, write(atlas, PROJECT))
    atlas.ok("release")
    page = atlas.ok("show", "Safe city of Nairobi").out
    assert "Amount: $1,200,000; Financier: China Exim Bank" in page and "Organisation (organization): Huawei" in page
    assert "page 12" in page


def test_a_dry_run_adds_nothing(atlas: Atlas) -> None:
    outcome = overt("-w", atlas.root, "add", write(atlas, PROJECT), "--dry-run")
    assert outcome.code == 0 and "project “Safe city of Nairobi”: new, 6 values" in outcome.out
    assert open_ledger(atlas.workspace).head().sequence == 0


def test_all_problems_of_all_entries_are_listed_and_nothing_is_added(atlas: Atlas) -> None:
    lines = problems(
        atlas,
        {**PROJECT, "kind": "cctv", "country": "Kennya", "agreed": "17/05/2019", "suplier": "ZTE", "supplier": "Sunrise"},
        {"record": "project", "kind": "cloud", "document": {"title": "Report"}},
        {"record": "projekt", "name": "X"},
        {**PROJECT, "name": "B", "commitment": {"amount": "1.2m"}, "status": ["agreed", "denied"], "document": None},
        {**PROJECT, "name": "C", "document": []},
    )
    text = "\n".join(lines)
    assert "entries.yml, entry 1 (Safe city of Nairobi): kind: 'cctv' is not known; is it video-surveillance?" in text
    assert "country: 'Kennya' is not a known country or area; is it Kenya (KE)?" in text
    assert "agreed: '17/05/2019' is not a date: write 2019, 2019-05 or 2019-05-17" in text
    assert "project has no 'suplier' (is it 'supplier'?)" in text
    assert "supplier: 'Sunrise': 2 records have that name" in text
    assert "entry 2: document: place: is missing" in text and "entry 2: name: is missing" in text
    assert "record: there is no record type 'projekt' (is it 'project'?)" in text
    assert "commitment: '1.2m' doesn't say in which currency" in text
    assert "status: has 2 values, but a project has only one" in text
    assert "entry 4 (B): document: is missing" in text
    assert "entry 5 (C): document: is missing" in text
    assert open_ledger(atlas.workspace).head().sequence == 0


def test_a_record_of_the_same_name_is_only_added_to_by_its_id(atlas: Atlas) -> None:
    add(atlas, write(atlas, PROJECT))
    [line] = problems(atlas, PROJECT)
    assert "exists already; to add to it, write `id: editorial:project/safe-city-of-nairobi`" in line
    more = {"record": "project", "id": "editorial:project/safe-city-of-nairobi", "ended": "2024", "document": DOCUMENT}
    add(atlas, write(atlas, more))
    assert claims(atlas)["editorial:project/safe-city-of-nairobi", "ended"] == {"2024"}


def test_parts_that_are_already_there_are_not_called_new(atlas: Atlas) -> None:
    add(atlas, write(atlas, PROJECT))
    suppliers = [{"name": "Huawei", "end": 2022}, "ZTE"]
    more = {"record": "project", "id": "editorial:project/safe-city-of-nairobi", "supplier": suppliers, "document": DOCUMENT}
    data = orjson.loads(add(atlas, write(atlas, more), "--json").out)
    roles = {record["record"].rpartition("/")[2]: record["new"] for record in data["records"] if record["type"] == "role"}
    assert sorted(roles.values()) == [False, True]
    assert roles["zte"]


def test_an_existing_record_is_completed_by_its_name(atlas: Atlas) -> None:
    add(
        atlas,
        write(atlas, {"record": "organization", "id": "Huawei", "website": "https://huawei.example/", "document": DOCUMENT}),
    )
    assert claims(atlas)["alpha:hw", "website"] == {"https://huawei.example/"}


def test_a_value_has_its_own_document_and_several_documents(atlas: Atlas) -> None:
    other = {"title": "Tender", "place": "section 2", "publisher": "Ministry"}
    entry = {**PROJECT, "status": {"value": "operational", "document": [other, DOCUMENT]}}
    add(atlas, write(atlas, entry))
    [status] = [claim for claim in open_ledger(atlas.workspace).claims() if claim.property == "status"]
    assert [document.title for document in status.documents] == ["Tender", "Annual report"]
    assert {"Ministry"} in claims(atlas).values()
    atlas.ok("release")


def test_a_table_has_an_entry_in_each_row(atlas: Atlas) -> None:
    path = atlas.root.parent / "entries.csv"
    path.write_text(
        "name,name@zh,kind,country,supplier,place,amount,financier,document,document-place,url\n"
        "North,北,smart-city; cloud,Kenya,Huawei; ZTE,Nairobi,US$3m,China Exim Bank,Report,p. 1,https://example.org/a\n"
        "South,,5g-network,Zambia,,,,,Report,p. 2,\n",
        encoding="utf-8",
    )
    add(atlas, path)
    added = claims(atlas)
    assert added["editorial:project/north", "name"] == {"North", "北"}
    assert added["editorial:project/north", "kind"] == {"smart-city", "cloud"}
    assert added["editorial:project/north/supplier/zte", "role"] == {"supplier"}
    assert added["editorial:project/north/commitment/china-exim-bank/3000000-usd", "amount"] == {"3000000"}
    assert added["editorial:project/south", "country"] == {"ZM"}


def test_a_language_in_a_column_name_adds_to_the_column_or_is_refused(atlas: Atlas) -> None:
    path = atlas.root.parent / "entries.csv"
    rows = ["name,place-in-document,place-in-document@zh,document,document-place", "North,section 2,第二节,Report,p. 1"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    add(atlas, path)
    assert claims(atlas)["editorial:project/north", "place-in-document"] == {"section 2", "第二节"}
    path.write_text("name,supplier,supplier@zh,document,document-place\nSouth,ZTE,中兴,Report,p. 1\n", encoding="utf-8")
    outcome = overt("-w", atlas.root, "add", path, *BY)
    assert outcome.code == 1 and "there is no column 'supplier@zh'" in outcome.err


def test_a_list_or_fields_where_a_text_belongs_are_no_name(atlas: Atlas) -> None:
    text = "\n".join(
        problems(
            atlas,
            {**PROJECT, "commitment": {"amount": "US$1m", "financier": {"name": "Exim", "country": "China"}}},
            {**PROJECT, "name": "B", "supplier": {"name": ["Huawei", "ZTE"]}},
            {**PROJECT, "name": "C", "document": {**DOCUMENT, "title": ["Report", "Annex"]}},
            {**PROJECT, "name": "D", "commitment": {"amount": {"value": "US$1m"}}},
        )
    )
    assert "entry 1 (Safe city of Nairobi): commitment: there is no key 'country'; use name" in text
    assert "entry 2 (B): supplier: \"['Huawei', 'ZTE']\" is not a single value" in text
    assert "entry 3 (C): document: \"['Report', 'Annex']\" is not a single value" in text
    assert "entry 4 (D): commitment: \"{'value': 'US$1m'}\" is not a single value" in text


def test_records_without_names_are_told_apart_by_all_their_values(atlas: Atlas) -> None:
    series = {"record": "indicator", "series": "digital-repression", "country": "Kenya", "value": 2, "document": DOCUMENT}
    add(atlas, write(atlas, {**series, "year": 2019}, {**series, "year": 2020}))
    years = {text for (_, name), texts in claims(atlas).items() if name == "year" for text in texts}
    assert years == {"2019", "2020"}


def test_two_points_without_names_are_two_places(atlas: Atlas) -> None:
    points = [{"latitude": -1.29, "longitude": 36.82}, {"latitude": -4.05, "longitude": 39.66}]
    add(atlas, write(atlas, {**PROJECT, "place": points}))
    geometries = {record: texts for (record, name), texts in claims(atlas).items() if name == "geometry"}
    assert sorted(geometries.values(), key=str) == [{"POINT (36.82 -1.29)"}, {"POINT (39.66 -4.05)"}]


def test_a_language_is_named_by_its_code(atlas: Atlas) -> None:
    name = {"value": "Nairobi", "lang": "English"}
    text = "\n".join(problems(atlas, {**PROJECT, "name": name}, {**PROJECT, "name": "B", "lang": "Chinese"}))
    assert "entry 1 (Nairobi): name: 'English' is not the code of a language (BCP 47, as in en or zh-Hant)" in text
    assert "entry 2 (B): lang: 'Chinese' is not the code of a language" in text


def test_a_place_has_names_in_two_languages_and_the_only_country(atlas: Atlas) -> None:
    place = {"name": ["Nairobi", {"value": "内罗毕", "lang": "zh"}]}
    add(
        atlas,
        write(
            atlas,
            {**PROJECT, "country": ["Kenya"], "place": place, "commitment": {"amount": "US$1m", "financier": {"name": "Exim"}}},
        ),
    )
    added = claims(atlas)
    assert added["editorial:project/safe-city-of-nairobi/place/nairobi", "name"] == {"Nairobi", "内罗毕"}
    assert added["editorial:project/safe-city-of-nairobi/place/nairobi", "country"] == {"KE"}
    assert added["editorial:organization/exim", "name"] == {"Exim"}


def test_a_wrong_column_is_answered_with_the_right_one(atlas: Atlas) -> None:
    path = atlas.root.parent / "entries.csv"
    path.write_text("name,cuntry,document,document-place\nNorth,Kenya,Report,p. 1\n")
    outcome = overt("-w", atlas.root, "add", path, *BY)
    assert outcome.code == 1 and "there is no column 'cuntry' (is it 'country'?)" in outcome.err


@pytest.mark.parametrize("record_type", sorted(Catalogue().schema.types))
def test_every_type_has_a_template_that_is_an_entry(record_type: str) -> None:
    text = overt("add", "--template", record_type).out
    [entry] = yaml.safe_load(text)
    properties = Catalogue().schema.types[record_type].properties
    assert entry["record"] == record_type
    assert {name for name, property_ in properties.items() if property_.required} <= set(entry)


def test_the_template_of_a_project_can_be_added_as_it_is(atlas: Atlas) -> None:
    path = atlas.root.parent / "template.yml"
    path.write_text(overt("add", "--template", "project").out, encoding="utf-8")
    add(atlas, path)
    atlas.ok("release")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "--template project"),
        (("nothing.yml",), "there is no such file"),
        (("--template", "projct"), "did you mean project or project_programme?"),
    ],
)
def test_wrong_use_gets_one_line(atlas: Atlas, words: tuple[str, ...], message: str) -> None:
    outcome = overt("-w", atlas.root, "add", *words, "--why", "x")
    assert outcome.code == 2 and len(outcome.errors) == 1 and message in outcome.errors[0]


def test_a_reason_is_needed(atlas: Atlas) -> None:
    outcome = overt("-w", atlas.root, "add", write(atlas, PROJECT))
    assert outcome.code == 2 and "--why is missing" in outcome.err


def test_an_entered_record_is_compared_at_once_and_offered(atlas: Atlas) -> None:
    common = {"country": "Serbia", "kind": "smart-city", "document": DOCUMENT}
    add(atlas, write(atlas, {"record": "project", "name": "Belgrade Safe City", "agreed": "2019", **common}))
    file = write(atlas, {"record": "project", "name": "Safe City Belgrade", "agreed": "2019", **common})
    outcome = atlas.ok("add", file, *BY, "--json")
    [match] = [match for match in orjson.loads(outcome.out)["matches"] if match["record"].endswith("safe-city-belgrade")]
    assert (match["other"], match["name"]) == ("editorial:project/belgrade-safe-city", "Belgrade Safe City")
    assert match["probability"] > 0.5


def test_an_entered_organisation_that_joins_another_is_said_to(atlas: Atlas) -> None:
    file = write(atlas, {"record": "organization", "name": "Huawei Co., Ltd.", "country": "China", "document": DOCUMENT})
    assert "“Huawei Co., Ltd.” is “Huawei” (alpha:" in add(atlas, file).err


def test_what_was_taken_back_can_be_added_again_at_once(atlas: Atlas) -> None:
    entry = {**PROJECT, "customer": "Police of Nairobi"}
    add(atlas, write(atlas, entry))
    before = claims(atlas)
    atlas.ok("resolve")
    atlas.ok("judge", "undo", 1, *BY)
    out = add(atlas, write(atlas, entry)).out
    assert "organization “Police of Nairobi”: new" in out, "its record is resolved, and no claim of it is in force"
    assert claims(atlas) == before
