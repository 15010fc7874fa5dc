"""Fields of an answer, as the API gives it."""

from typing import Any


def labels(data: dict[str, Any]) -> list[str]:
    """Return the labels of an answer's items."""
    return [item["label"] for item in data["items"]]


def first_detail(data: dict[str, Any]) -> str:
    """Return the text beside an answer's first item."""
    return str(data["items"][0]["detail"])


def notes(data: dict[str, Any]) -> str:
    """Return the texts of the notes below an answer, joined by spaces."""
    return " ".join(note["text"] for note in data["notes"])


def parts_of(data: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the type and id of each part of the question that was understood."""
    return {(part["type"], part["id"]) for part in data["parts"]}


def readings(data: dict[str, Any]) -> dict[str, str]:
    """Return how words of the question were read, by the words as typed."""
    return {reading["typed"]: reading["read"] for reading in data["readings"]}
