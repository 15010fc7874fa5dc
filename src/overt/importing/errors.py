"""Failures of a row and of a file."""

from overt.model.errors import OvertError


class FileProblem(OvertError):
    """A file that cannot be read as its source describes it. The snapshot is refused and nothing of it is written."""


class CountProblem(FileProblem):
    """A file with more or fewer rows or records than the edition that its source describes."""


class Problem(OvertError):
    """A row that cannot be imported. It is reported with its place and gives no claim."""

    def __init__(self, message: str, locator: str = "") -> None:
        super().__init__(message)
        self.locator = locator


class OutOfScope(Exception):
    """A row that is left out by a rule of `scope:` in source.yml."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
