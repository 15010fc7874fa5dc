"""Failures that a user can meet. Each message is one line: what, where, what to do."""


class OvertError(Exception):
    """An expected failure; the command line prints its message alone and exits with 1."""


class UsageError(OvertError):
    """A command was used wrongly; the command line exits with 2."""


class ValueProblem(OvertError):
    """A value that cannot be brought to its canonical form."""


class ContentError(OvertError):
    """A content file (schema, vocabulary, source, figure) that is broken."""
