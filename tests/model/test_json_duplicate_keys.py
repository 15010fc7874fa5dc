import pytest

from overt.model.json_duplicate_keys import duplicate_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"a": 1, "b": 2}', None),
        ('[{"a": 1}, {"a": 2}]', None),
        ('{"a": {"a": {"a": 1}}}', None),
        ('{"a": 1, "b": 2, "a": 1}', "a"),
        ('[{"x": [{"名": 1.5, "\\u540d": null}]}]', "名"),
        ("1e400", None),
        (f"[{'9' * 10_000}]", None),
    ],
)
def test_the_first_key_that_is_there_twice(text: str, key: str | None) -> None:
    assert duplicate_key(text) == key
    assert duplicate_key(text.encode()) == key
