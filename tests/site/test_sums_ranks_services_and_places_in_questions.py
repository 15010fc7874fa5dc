"""Questions with names of one letter, about sums by country, donors, ranks and costs, and about who is on two lists."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from tests.site.conftest import Ask

ANONYMISERS = "Law on anonymisers and VPNs (Federal Law No. 276-FZ, Russia)"


def _started(reader: Reader, service: str, year: str) -> int:
    """Return the number of restrictions of a platform that began in a year."""
    [row] = reader.select(
        "SELECT count(DISTINCT p.id) AS restrictions FROM facts AS p JOIN facts AS s ON s.id = p.id AND s.property = 'start' "
        "AND s.shown JOIN records AS r ON r.id = p.id AND r.type = 'restriction' "
        "WHERE p.property = 'platform' AND p.value = ? AND p.shown AND substr(s.value, 1, 4) = ?",
        (service, year),
    )
    return int(row["restrictions"])


@pytest.mark.parametrize("question", ["which countries blocked X in 2024", "哪些国家在2024年封锁了X"])
def test_a_service_of_one_letter_is_read_in_questions_about_blocking(question: str, answer: Ask, shipped_reader: Reader) -> None:
    data = answer(question)
    assert data["total"] == _started(shipped_reader, "x", "2024")
    assert {part["id"] for part in data["parts"] if part["type"] == "service"} == {"x"}


def test_a_short_name_of_a_service_remains_an_ordinary_word_elsewhere(answer: Ask) -> None:
    assert answer("nuctech x-ray lithuania")["items"][0]["label"].startswith("Kena border station")


def test_restrictions_that_began_earlier_are_only_possibly_in_force(answer: Ask) -> None:
    sentence = answer("instagram blocked by turkey executive 2024")["sentence"]
    assert "possibly in force then: 2024" in sentence and "dated 2024" not in sentence


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        (
            "how many times has uganda blocked social media",
            "5 restrictions of services of this kind are on record: Uganda, “social media”.",
        ),
        ("乌干达封锁过几次社交媒体", "记录了5项对此类服务的限制：乌干达、“社交媒体”。"),
    ],
)
def test_how_many_times_counts_restrictions(question: str, beginning: str, answer: Ask) -> None:
    assert beginning in answer(question)["sentence"]


def test_the_first_to_block_a_service_may_have_a_date_without_a_month(answer: Ask) -> None:
    data = answer("first country to block youtube")
    assert (
        "earliest start on record: YouTube, Syria (Blocking), August 2007; YouTube, Turkey (Blocking), 2007" in data["sentence"]
    )
    assert data["items"][0]["label"].startswith("YouTube, Syria") and "first" not in data["unweighed"]
    assert "Telegram, Russia (Blocking), about 10 April 2026" in answer("latest blocks in russia")["sentence"]


@pytest.mark.parametrize(
    "question",
    ["Which companies are on both the 1260H list and the FCC list?", "哪些公司既在1260H清单又在FCC清单上"],
)
def test_both_lists_have_only_the_organisations_on_each(question: str, answer: Ask, shipped_reader: Reader) -> None:
    rows = shipped_reader.select(
        "SELECT o.value AS organization FROM facts AS o JOIN facts AS l ON l.id = o.id AND l.property = 'list' AND l.shown "
        "WHERE o.property = 'organization' AND o.shown AND l.value IN ('us-dod-1260h', 'us-fcc-covered') "
        "GROUP BY o.value HAVING count(DISTINCT l.value) = 2"
    )
    data = answer(question)
    assert {item["id"] for item in data["items"]} == {row["organization"] for row in rows}
    assert data["total"] == len(rows) > 0 and not data["unweighed"]


@pytest.mark.parametrize("question", ["is ZTE on the entity list", "中兴在实体清单上吗", "is ZTE on the SDN list"])
def test_a_list_with_some_entries_only_denies_nothing(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert "only some entries of" in sentence or "只收录了部分条目" in sentence


@pytest.mark.parametrize("question", ["Which companies are on the EU sanctions list?", "海康威视在英国制裁名单上吗"])
def test_a_list_of_another_issuer_is_declined(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] == "issuer"


def test_chinese_military_companies_are_those_of_the_list(answer: Ask) -> None:
    data = answer("Chinese military companies added in 2025")
    assert (data["intent"], data["total"]) == ("lists", 71)


def test_countries_above_an_amount_have_higher_sums(answer: Ask) -> None:
    data = answer("countries that got more than 500 million from china eximbank")
    assert [item["id"] for item in data["items"]] == ["NG", "AO", "BY", "PK", "PH"]
    assert data["sentence"].startswith("The commitments to 5 countries add up to more than 500 million each: Nigeria ($1.34 bn")
    assert "94 commitments are recorded: The Export-Import Bank of China. " in data["sentence"]


def test_the_largest_debt_is_a_sum_and_the_biggest_loan_is_one_loan(answer: Ask) -> None:
    assert answer("countries with the largest chinese debt for telecoms")["sentence"].startswith(
        "Most on record in US dollars: Russia"
    )
    assert answer("which country got the biggest chinese loan")["items"][0]["type"] == "project"
    assert answer("which countries have zte contracts over 100 million")["intent"] == "amounts"
    assert answer("which countries received Chinese loans over $100 million")["intent"] == "amounts"
    assert answer("which countries borrowed over $1 billion from China")["total"] == 6
    assert [part["id"] for part in answer("哪些国家从中国获得超过5亿美元的贷款")["parts"] if part["type"] == "seat"] == ["CN"]


def test_a_country_that_finances_or_gives_is_no_place_beside_a_supplier(answer: Ask) -> None:
    for question in (
        "huawei projects financed by china in kenya",
        "did china finance huawei in kenya",
        "中国在肯尼亚资助的华为项目",
    ):
        seats = [part["id"] for part in answer(question)["parts"] if part["type"] == "seat"]
        assert seats == ["CN"], question
    donated = answer("nuctech scanners donated by china")
    assert donated["total"] and any("Cabo Verde" in note["text"] for note in donated["notes"])


@pytest.mark.parametrize("question", ["which countries did china donate cameras to", "中国向哪些国家捐赠了摄像头"])
def test_who_gave_goods_to_which_countries_is_about_grants(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["intent"] == "money" and {"JO", "EC", "BO"} <= {item["id"] for item in data["items"]}


def test_a_contract_above_the_amount_is_no_missing_record(answer: Ask) -> None:
    assert answer("spyware contracts over 10 million")["sentence"].startswith(
        "The value of 1 contract is on record: Mexico's PGR"
    )
    assert answer("spyware contracts over 50 million")["total"] == 0
    assert answer("total value of huawei contracts")["sentence"].startswith("The values of 19 contracts are on record")


def test_contracts_of_other_kinds_in_a_town_are_named(answer: Ask) -> None:
    notes = [note["text"] for note in answer("contract value of nairobi safe city")["notes"]]
    assert any("KES 14.9 bn" in note for note in notes)


def test_a_cost_that_no_listed_record_has_is_named(answer: Ask) -> None:
    assert "price of" in answer("price of the tiangou secure gateway")["unweighed"]
    assert not answer("谁为肯尼亚的国家光纤骨干网(NOFBI)出资?")["unweighed"]
    assert answer("how many loans did china cancel")["sentence"] is None


def test_who_reported_something_is_left_out(answer: Ask) -> None:
    assert answer("who reported the pegasus deployment in Poland")["unweighed"] == ["who reported"]
    assert answer("波兰飞马是谁曝光的")["unweighed"] == ["是谁曝光的"]


def test_projects_with_both_organisations_name_both(answer: Ask) -> None:
    data = answer("projects with both Huawei and Ericsson")
    assert data["total"] == 3 and all("Ericsson" in item["detail"] for item in data["items"])


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


@pytest.mark.parametrize("question", ["who else besides China supplies cameras to Kenya", "谁向肯尼亚提供摄像头 除了中国"])
def test_a_seller_left_out_is_a_seat(question: str, answer: Ask) -> None:
    data = answer(question)
    assert [part["type"] for part in data["excluded"]] == ["seat"]
    assert [item["label"] for item in data["items"]] == ["Safaricom PLC"]
    assert [part["type"] for part in answer("suppliers in asia except china")["excluded"]] == ["area"]


def test_a_rank_counts_the_higher_values(answer: Ask, shipped_reader: Reader) -> None:
    [row] = shipped_reader.select(
        "SELECT count(*) AS higher, (SELECT count(*) FROM indicators WHERE series = 'digital-repression') AS countries "
        "FROM indicators WHERE series = 'digital-repression' AND value > "
        "(SELECT value FROM indicators WHERE series = 'digital-repression' AND country = 'ET')"
    )
    sentence = answer("rank of Ethiopia in digital repression")["sentence"]
    assert f"Ethiopia is number {row['higher'] + 1} of {row['countries']} countries" in sentence
    assert answer("Freedom on the net ranking 2021")["items"][0]["label"] == "Freedom on the Net, Canada"
    assert "number 57 of 57" in answer("how does china rank in freedom on the net")["sentence"]


def test_laws_that_mention_a_subject_come_first_among_those_of_its_wider_topic(answer: Ask) -> None:
    data = answer("laws on vpns")
    assert f"{data['total']} laws or agreements are on record under the wider topic" in data["sentence"]
    assert ANONYMISERS in [item["label"] for item in data["items"][:4]] and "4 of them mention it" in data["sentence"]
    assert answer("cybercrime laws in the middle east")["total"] == 2


def test_laws_that_mention_a_subject_outside_its_wider_topic_are_listed(
    answer: Ask, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All laws on VPNs are under their topic, so this puts VPNs under a topic that the law on anonymisers isn't about."""
    monkeypatch.setattr(lexicon, "wider_subjects", {"vpn": "encryption"})
    data = answer("laws on vpns")
    assert "4 more mention it without being under that topic." in data["sentence"]
    assert ANONYMISERS in [item["label"] for item in data["items"][:4]]


def test_who_is_a_member_of_belt_and_road_is_declined(answer: Ask) -> None:
    assert not answer("belt and road members in europe")["understood"]
    assert answer("belt and road agreements in europe")["understood"]


def test_short_names_of_places_are_whole_words_in_titles(answer: Ask) -> None:
    assert all("Ukraine" not in note["text"] for note in answer("chinese cameras in UK")["notes"])


def test_an_organisation_without_an_owner_has_its_other_relations(answer: Ask) -> None:
    notes = [note["text"] for note in answer("who owns circles")["notes"]]
    assert notes == ["On record of Circles: 19 projects, 1 relation with another organisation."]


def test_the_most_suppliers_count_where_their_projects_are(answer: Ask) -> None:
    assert "not where they are based" in answer("Which country has the most spyware vendors?")["sentence"]


def test_lenders_of_member_countries_are_not_their_union(answer: Ask) -> None:
    sentence = answer("EU funded surveillance")["sentence"]
    assert sentence.startswith("Lenders and donors from member countries count for European Union, too. 1 commitment")


def test_exports_beside_a_named_record_ask_for_suppliers(answer: Ask) -> None:
    sentence = answer("great firewall exports")["sentence"]
    assert "On record under this title: Great Firewall" in sentence and "suppliers from other countries" in sentence


def test_chinese_keywords_keep_a_region_as_the_place(answer: Ask) -> None:
    assert [part["type"] for part in answer("深度包检测 非洲 供应商")["parts"]] == ["kind", "region", "intent"]
    assert answer("非洲供应商 监控")["parts"][0]["type"] == "seat"
