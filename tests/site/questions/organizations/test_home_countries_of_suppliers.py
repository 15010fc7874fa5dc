"""Home countries of suppliers: nationalities, “based in”, “abroad” and exports."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes, parts_of
from tests.site.questions.conftest import AskSmallAtlas


@pytest.mark.parametrize(
    ("question", "word"), [("tencent cloud data centers abroad", "abroad"), ("tencent cloud 海外 数据中心", "海外")]
)
def test_abroad_is_left_out_without_a_recorded_seat(answer: Ask, question: str, word: str) -> None:
    data = answer(question)
    assert data["total"] == answer("tencent cloud data centers")["total"] > 1
    assert word in data["unweighed"]


def test_abroad_is_used_with_a_recorded_seat(answer: Ask) -> None:
    data = answer("huawei data centers abroad")
    assert "outside its own country" in data["sentence"]
    assert data["unweighed"] == []


def test_china_beside_africa_is_a_seat(understood_answer: Ask) -> None:
    for question in ("哪些非洲国家使用了中国的人脸识别?", "facial recognition china africa"):
        assert understood_answer(question)["total"], question


def test_a_country_that_may_be_a_seat_is_explained(answer: Ask) -> None:
    assert any("read as the place" in note["text"] for note in answer("china surveillance projects")["notes"])
    assert not any("read as the place" in note["text"] for note in answer("surveillance projects in china")["notes"])


@pytest.mark.parametrize(
    ("question", "country"),
    [
        ("which country is candiru from", "Israel"),
        ("where is candiru based", "Israel"),
        ("candiru headquarters", "Israel"),
        ("海康威视总部在哪", "中国"),
    ],
)
def test_where_an_organisation_is_from_is_its_seat(answer: Ask, question: str, country: str) -> None:
    data = answer(question)
    assert (data["intent"], data["items"], data["unweighed"]) == ("owners", [], [])
    assert country in data["sentence"]


@pytest.mark.parametrize(
    ("question", "seat"),
    [("companies based in israel", "IL"), ("spyware companies headquartered in italy", "IT"), ("总部在以色列的公司", "IL")],
)
def test_based_in_is_a_seat(answer: Ask, question: str, seat: str) -> None:
    assert {part for part in parts_of(answer(question)) if part[0] in ("seat", "area")} == {("seat", seat)}


def test_things_from_a_country_are_projects_and_not_suppliers(answer: Ask) -> None:
    data = answer("chinese data centres in europe")
    assert {item["type"] for item in data["items"]} == {"project"} and data["total"] == 5
    assert "Kragujevac" in notes(data) and "China Mobile International Limited" in notes(data) and "Frankfurt" in notes(data)
    assert {item["type"] for item in answer("chinese 5G projects in latin america")["items"]} == {"project"}
    assert {item["type"] for item in answer("chinese data centre companies in europe")["items"]} == {"organization"}


def test_a_nationality_before_a_company_drops_no_record(answer: Ask) -> None:
    data = answer("Did Zambia ever deny using the Israeli Circles interception system?")
    assert len(data["items"]) == 1 and "rumour" in data["items"][0]["detail"]
    assert "Circles is recorded as based in Bulgaria. Sources disagree: Bulgaria or Israel." in data["sentence"]
    assert "based in Israel" not in data["sentence"]
    assert answer("赞比亚否认过使用以色列Circles系统吗")["total"] == 1
    wrong = answer("Did Mexico buy from the American company NSO Group?")
    assert wrong["total"] == answer("NSO Group in Mexico")["total"] and "recorded as based in Israel" in wrong["sentence"]
    assert "recorded as" not in answer("What did the Italian company RCS Lab sell to Kazakhstan?")["sentence"]


@pytest.mark.parametrize(
    ("question", "seat"),
    [
        ("塞尔维亚的摄像头是哪国公司供应的？", "总部在中国"),
        ("Which country's company supplied cameras to Serbia?", "based in China"),
    ],
)
def test_which_countrys_company_asks_for_suppliers_and_their_seats(question: str, seat: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "suppliers" and data["items"][0]["detail"].endswith(seat)


def test_which_countrys_company_without_a_record_is_denied(answer: Ask) -> None:
    assert answer("尼加拉瓜警察的摄像头是哪国公司供的")["sentence"].startswith("本站没有记录")


def test_a_seat_is_in_the_address_of_the_answer(ask_small_atlas: AskSmallAtlas) -> None:
    data = ask_small_atlas("Chinese suppliers of smart cities in kenya")
    assert len(data["items"]) == 1 and f"company={data['items'][0]['id']}" in data["address"]
    none = ask_small_atlas("Israeli suppliers of smart cities in kenya")
    assert (
        "No record meets all of this, as far as home countries are recorded: smart or safe city in Kenya, based in Israel"
        in none["sentence"]
    )


@pytest.mark.parametrize(
    ("question", "seat"),
    [("UAE based surveillance companies", "AE"), ("israel-based spyware vendors", "IL"), ("以色列有哪些监控公司", "IL")],
)
def test_companies_based_somewhere_have_their_seats_there(question: str, seat: str, answer: Ask) -> None:
    assert [part["id"] for part in answer(question)["parts"] if part["type"] == "seat"] == [seat]


def test_companies_in_an_exporting_country_are_named_beside_suppliers_there(answer: Ask) -> None:
    notes = [note["text"] for note in answer("surveillance companies in Israel")["notes"]]
    seated = answer("Israeli suppliers of surveillance")["total"]
    assert any(f"{seated} organisations based there" in note and "NSO Group" in note for note in notes)


def test_exports_beside_a_named_record_ask_for_suppliers(answer: Ask) -> None:
    sentence = answer("great firewall exports")["sentence"]
    assert "On record under this title: Great Firewall" in sentence and "suppliers from other countries" in sentence


def test_chinese_keywords_keep_a_region_as_the_place(answer: Ask) -> None:
    assert [part["type"] for part in answer("深度包检测 非洲 供应商")["parts"]] == ["kind", "region", "intent"]
    assert answer("非洲供应商 监控")["parts"][0]["type"] == "seat"


def test_exports_leave_out_suppliers_at_home(answer: Ask) -> None:
    every, exports = answer("surveillance suppliers in Turkey"), answer("surveillance exports to Turkey")
    assert "Aselsan" in labels(every) and labels(exports) and "Aselsan" not in labels(exports)
    assert "suppliers from other countries" in exports["sentence"]


def test_companies_of_a_country_are_counted_once(answer: Ask) -> None:
    data = answer("companies from Israel")
    assert data["sentence"].startswith(f"Sources name {data['total']} suppliers") and len(set(labels(data))) == data["total"]
