"""Questions with a word that is only looked for in texts: projects whose texts lack it aren't dropped."""

import re

from overt.queries.database import Reader
from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels


def test_projects_without_the_word_come_after_those_with_it(answer: Ask) -> None:
    data = answer("Where had Geedge Networks delivered its gateway before 2024?")
    first, second = labels(data)
    assert "Ethiopia" in first and second.startswith("Pakistan") and data["total"] == 2
    assert "1 more record matches the rest of the question" in data["sentence"] and second in data["sentence"]


def test_many_projects_without_the_word_are_counted(answer: Ask, shipped_reader: Reader) -> None:
    data = answer("Where did Huawei install its middleboxes")
    [rest] = re.findall(r"\b(\d+) more records match the rest of the question", data["sentence"])
    [company] = shipped_reader.select(
        "SELECT id FROM records WHERE type = 'organization' AND label = 'Huawei Technologies Co., Ltd.'"
    )
    [projects] = shipped_reader.select(
        "SELECT count(DISTINCT id) AS n FROM project_company WHERE organization = :company", {"company": company["id"]}
    )
    [texts] = shipped_reader.select(
        "WITH named AS (SELECT DISTINCT id FROM facts WHERE value LIKE '%Huawei%' OR value = :company) "
        "SELECT count(*) AS n FROM records AS r WHERE r.type IN ('agreement', 'programme') AND ("
        "r.id IN named OR EXISTS (SELECT 1 FROM provisions AS p WHERE p.agreement = r.id AND p.id IN named))",
        {"company": company["id"]},
    )
    assert data["total"] == 1
    assert projects["n"] <= int(rest) + 1 <= projects["n"] + texts["n"], (
        "its projects, and agreements and programmes that name it"
    )
