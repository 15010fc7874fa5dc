from datetime import date
from pathlib import Path

import pytest

from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping, read_yaml, refuse_unknown


class Toy(Content):
    name: str
    size: int = 0


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_words_and_dates_stay_text(tmp_path: Path) -> None:
    path = write(tmp_path / "x.yml", "country: NO\non: off\nday: 2019-01-01\nflag: true\ncount: 3\nnothing:\n")
    assert read_yaml(path) == {"country": "NO", "on": "off", "day": "2019-01-01", "flag": True, "count": 3, "nothing": None}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [1, 2\nb: 3\n", "line 2: not YAML"),
        ("a: 1\nb:\n  x: 1\n  y: 2\n  x: 3\n", "line 5: not YAML: duplicate key 'x'"),
        ("a: !!python/object/apply:os.system [echo]\n", "not YAML"),
        ("a: \x07\n", "not YAML: control characters are not allowed; save it in UTF-8"),
        ("? [a, b]\n: c\n", "cannot be read"),
        ("&a {x: *a}\n", "not YAML"),
    ],
)
def test_the_error_for_a_broken_file_has_the_line(tmp_path: Path, text: str, why: str) -> None:
    path = write(tmp_path / "x.yml", text)
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    assert str(path) in str(caught.value)
    assert why in str(caught.value)


def test_aliases_that_stand_for_too_much_are_refused(tmp_path: Path) -> None:
    """Ten aliases of ten aliases, nine levels deep, are a billion values to code that walks through them."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]" for number in range(1, 9)]
    path = write(tmp_path / "x.yml", "\n".join([*lines, "name: *a8", ""]))
    with pytest.raises(ContentError, match=r"x\.yml: cannot be read: its aliases .* more than 1,000,000 values"):
        read_yaml(path)
    assert read_yaml(write(path, "a: &a [x]\nb: [*a, *a]\n")) == {"a": ["x"], "b": [["x"], ["x"]]}


@pytest.mark.parametrize("text", ["[" * 900 + "]" * 900, "[" * 100_000])
def test_deep_brackets_are_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError, match=r"nested too deeply|maximum nesting depth"):
        read_yaml(write(tmp_path / "x.yml", f"a: {text}"))


def test_missing_and_binary_files_are_reported(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_yaml(tmp_path / "none.yml")
    (tmp_path / "bytes.yml").write_bytes(b"a: \xff\xfe\n")
    with pytest.raises(ContentError, match=r"bytes\.yml"):
        read_yaml(tmp_path / "bytes.yml")


@pytest.mark.parametrize("text", ["", "- a\n", "word\n", "# a comment\n"])
def test_a_file_without_keys_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError, match="has no keys and values"):
        read_mapping(write(tmp_path / "x.yml", text))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "toy.yml: name: Field required"),
        ({"name": 3}, 'toy.yml: name: must be a text; write it in quotes, as in "3"'),
        ({"name": date(2019, 5, 17)}, 'toy.yml: name: must be a text; write it in quotes, as in "2019-05-17"'),
        ({"name": False}, 'toy.yml: name: must be a text; write it in quotes, as in "false"'),
        ({"name": True}, 'toy.yml: name: must be a text; write it in quotes, as in "true"'),
        ({"name": ["x"]}, "toy.yml: name: Input should be a valid string"),
        ({"name": "x", "size": "large"}, "toy.yml: size: "),
        ({"name": "x", "colour": "red"}, "toy.yml: there is no key 'colour'; use one of"),
        (None, "toy.yml: Input"),
    ],
)
def test_the_error_names_the_wrong_key(data: object, why: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse(Toy, data, "toy.yml")
    assert str(caught.value).startswith(why)


def test_content_is_frozen() -> None:
    toy = parse(Toy, {"name": "x"}, "toy.yml")
    with pytest.raises(ValueError, match="frozen"):
        toy.name = "y"


def test_unknown_names_are_refused() -> None:
    refuse_unknown(["left"], ("left", "right"), "models/a.yml: sides")
    with pytest.raises(ContentError, match=r"^models/a.yml: sides: 'lfet' is not known; use one of left, right$"):
        refuse_unknown(["left", "lfet"], ("right", "left"), "models/a.yml: sides")
