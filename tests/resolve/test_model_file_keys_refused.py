"""Models with unknown or missing keys are refused in one line that names the file and the key."""

from collections.abc import Callable
from typing import Any

import pytest

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import read_mapping
from overt.resolve.linkage.linkage_model import parse_linkage_model
from overt.resolve.names.cross_script.cross_script_model import parse_cross_script_model
from overt.resolve.names.name_comparison_weights import parse_name_weights
from overt.resolve.projects.project_model import parse_project_model
from overt.resolve.relations.relation_model import parse_relation_model

CHECKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "relations": parse_relation_model,
    "projects": parse_project_model,
    "organizations": lambda data: parse_linkage_model(data, "models/organizations.yml"),
    "chinese_and_latin_names": parse_cross_script_model,
    "names": parse_name_weights,
}


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("relations", lambda data: data["weights"].update(nmae={"equal": {"same": 1.0}}), "weights: 'nmae' is not known"),
        (
            "relations",
            lambda data: data["weights"]["seat"].update(here={"same": 1.0}),
            "weights.seat: 'here' is not known",
        ),
        ("relations", lambda data: data["weights"]["seat"]["same"].update(twin=1.0), "weights.seat.same: 'twin' is not known"),
        ("relations", lambda data: data["judged"]["homonym"].update(no={"same": 1.0}), "judged.homonym: 'no' is not known"),
        (
            "relations",
            lambda data: data["judged"].update(seat={"same": {}}),
            "judged: 'seat' is under weights too",
        ),
        ("relations", lambda data: data["prior"].update(sister=1.0), "prior: 'sister' is not known"),
        ("projects", lambda data: data["weights"].update(colour={"same": 1.0}), "weights: 'colour' is not known"),
        ("projects", lambda data: data["weights"]["place"].update(close=1.0), "weights.place: 'close' is not known"),
        ("projects", lambda data: data["weights"]["participants"].update({"9": 1.0}), "weights.participants: '9' is not known"),
        ("projects", lambda data: data["weights"].pop("order"), "weights: 'order' is missing"),
        ("organizations", lambda data: data["comparisons"][0].update(name="brands"), "comparisons: 'brands' is not known"),
        ("organizations", lambda data: data["comparisons"].pop(), "comparisons: 'site' is missing"),
        ("organizations", lambda data: data["blocking"][0].update(left="twins"), "blocking: 'twins' is not known"),
        ("chinese_and_latin_names", lambda data: data.update(rarer=1.0), "there is no key 'rarer'"),
        ("names", lambda data: data["parts"].update({"word-agrees": 1.0}), "parts.word-agrees.[key]: Input should be "),
        ("names", lambda data: data["parts"].pop("initials"), "parts: 'initials' has no weight"),
        ("names", lambda data: data["evidence"].update(town=0.1), "evidence: there is no key 'town'"),
    ],
)
def test_an_unknown_or_missing_key_is_refused_in_one_line(name: str, change: Callable[[Any], Any], message: str) -> None:
    data = read_mapping(packaged_content() / "models" / f"{name}.yml")
    change(data)
    with pytest.raises(ContentError) as refused:
        CHECKS[name](data)
    assert str(refused.value).startswith(f"models/{name}.yml: {message}")
    assert "\n" not in str(refused.value)
