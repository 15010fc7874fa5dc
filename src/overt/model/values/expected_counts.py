"""Expected numbers of a source's rows, rows with problems, and records: `counts:` of source.yml."""

from typing import Any

from pydantic import model_validator

from overt.model.yaml_reading_and_validation import Content


class Bounds(Content):
    """Minimum and maximum of a count. In YAML, a single number is both."""

    min: int = 0
    max: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, data: Any) -> Any:
        return {"min": data, "max": data} if isinstance(data, int) else data

    def __str__(self) -> str:
        if self.max is None:
            return f"{self.min:,} or more"
        return f"{self.min:,}" if self.min == self.max else f"{self.min:,} to {self.max:,}"


class Counts(Content):
    """Expected counts for the publisher's complete files, in the edition that source.yml describes.

    Files with other numbers of rows or records are refused, unless overt.toml lists the snapshot under `whole`. Files with too
    many problems are refused, unless --allow-problems is used.
    """

    files: dict[str, Bounds] = {}
    """Number of rows in the files of each role, including rows with problems."""
    problems: Bounds = Bounds(max=0)
    records: dict[str, Bounds] = {}
