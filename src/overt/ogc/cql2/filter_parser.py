"""Parses a filter in CQL2 text: comparisons, LIKE, BETWEEN, IN, IS NULL and array functions, joined by AND, OR and NOT.

Limits on its size bound the work that a filter can cause in the parser and the database.
"""

import math
import re
from datetime import UTC, date, datetime
from typing import cast, get_args

from overt.ogc.cql2.filter_nodes import (
    And,
    ArrayComparison,
    ArrayFunction,
    Between,
    Comparison,
    Condition,
    Constant,
    FilterValue,
    In,
    IsNull,
    Like,
    Not,
    Operator,
    Or,
)
from overt.ogc.cql2.filter_tokens import FilterProblem, Token, tokens

MAX_DEPTH = 20
"""Maximum depth of nested brackets and negations."""
MAX_CONDITIONS = 30
"""Maximum number of conditions in a filter, not counting AND, OR and NOT."""
MAX_VALUES = 100
"""Maximum number of values of an IN list or an array."""
MAX_WILDCARDS = 8
"""Maximum number of `%` in all patterns of a filter, since each one slows down every comparison."""
_MAX_DIGITS = 15
"""Maximum number of digits of a number in a filter. Numbers with more digits can't be compared exactly."""
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_ARRAYS = get_args(ArrayFunction)
_WORDS = frozenset({"AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DATE", "TIMESTAMP"})
"""Reserved words. A queryable with such a name must be in quotation marks."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_UNSUPPORTED = {
    "S_": "spatial functions are not supported; use the parameter bbox",
    "T_": "temporal functions are not supported; compare with DATE('2019-05-01'), or use the parameter datetime",
    "CASEI": "CASEI is not supported; the parameter q finds words in any case",
    "ACCENTI": "ACCENTI is not supported; the parameter q finds words without accents",
    "DIV": "arithmetic is not supported",
    "INTERVAL": "intervals are not supported; use BETWEEN, or the parameter datetime",
}


class _Name(str):
    """The name of a queryable, as opposed to a string."""


def parse_filter(text: str) -> Condition:
    """Parse a filter.

    Raises FilterProblem, which states the position and the reason, if the filter is invalid or exceeds a limit.
    """
    parser = _Parser(text)
    condition = parser.any_of()
    parser.expect_end()
    return condition


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = self._depth = self._conditions = self._wildcards = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += token.kind != "end"
        return token

    def _took(self, *words: str) -> bool:
        """Consume the next tokens if they are these keywords or symbols; return whether they were."""
        following = self._tokens[self._at : self._at + len(words)]
        if [token.keyword or (token.value if token.kind == "operator" else "") for token in following] != list(words):
            return False
        self._at += len(words)
        return True

    def _expect(self, symbol: str) -> None:
        if not self._took(symbol):
            raise self._unexpected(f"“{symbol}” is expected")

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._unexpected("AND, OR or the end is expected")

    def _unexpected(self, what: str) -> FilterProblem:
        token = self._next
        for beginning, message in _UNSUPPORTED.items():
            if token.keyword.startswith(beginning) and (beginning.endswith("_") or token.keyword == beginning):
                return FilterProblem(message, token.position)
        instead = "the filter ends" if token.kind == "end" else f"there is “{token.value[:40]}”"
        return FilterProblem(f"{what}, but {instead}", token.position)

    def any_of(self) -> Condition:
        conditions = [self._all_of()]
        while self._took("OR"):
            conditions.append(self._all_of())
        return conditions[0] if len(conditions) == 1 else Or(tuple(conditions))

    def _all_of(self) -> Condition:
        conditions = [self._factor()]
        while self._took("AND"):
            conditions.append(self._factor())
        return conditions[0] if len(conditions) == 1 else And(tuple(conditions))

    def _factor(self) -> Condition:
        self._depth += 1
        if self._depth > MAX_DEPTH + 1:  # One more, because the innermost condition counts, too.
            raise FilterProblem(f"brackets and NOT are more than {MAX_DEPTH} deep", self._next.position)
        condition: Condition
        if self._took("NOT"):
            condition = Not(self._factor())
        elif self._took("("):
            condition = self.any_of()
            self._expect(")")
        else:
            condition = self._condition()
        self._depth -= 1
        return condition

    def _condition(self) -> Condition:
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            raise FilterProblem(f"the filter has more than {MAX_CONDITIONS} conditions", self._next.position)
        following = self._tokens[self._at + 1] if self._next.kind != "end" else self._next
        if self._next.keyword in ("TRUE", "FALSE") and following.value not in _FLIPPED:
            return Constant(self._take().keyword == "TRUE")
        if self._next.keyword in _ARRAYS:
            return self._array_comparison()
        position, left = self._next.position, self._operand()
        if self._next.kind == "operator" and self._next.value in _FLIPPED:
            operator, right = self._take().value, self._operand()
            if isinstance(left, _Name) == isinstance(right, _Name):
                raise FilterProblem("a comparison needs a queryable on one side and a value on the other", position)
            if isinstance(left, _Name):
                return Comparison(str(left), cast(Operator, operator), right)
            return Comparison(str(right), cast(Operator, _FLIPPED[operator]), left)
        if not isinstance(left, _Name):
            raise self._unexpected("=, <>, <, <=, > or >= is expected")
        if self._took("IS", "NULL"):
            return IsNull(str(left))
        if self._took("IS", "NOT", "NULL"):
            return Not(IsNull(str(left)))
        negated = self._took("NOT")
        condition = self._after(str(left))
        return Not(condition) if negated else condition

    def _after(self, name: str) -> Like | Between | In:
        """Parse the rest of a condition. Its queryable, and NOT if there is one, have already been read."""
        if self._took("LIKE"):
            token = self._take()
            if token.kind != "text":
                raise FilterProblem("LIKE needs a text in apostrophes", token.position)
            self._wildcards += token.value.count("%")
            if self._wildcards > MAX_WILDCARDS:
                raise FilterProblem(f"all patterns of a filter may have at most {MAX_WILDCARDS} % in total", token.position)
            return Like(name, token.value)
        if self._took("BETWEEN"):
            low = self._value()
            if not self._took("AND"):
                raise self._unexpected("BETWEEN needs two values with AND between them")
            return Between(name, low, self._value())
        if self._took("IN"):
            return In(name, self._values())
        raise self._unexpected(f"an operator is expected after “{name[:40]}”")

    def _array_comparison(self) -> ArrayComparison:
        function = cast(ArrayFunction, self._take().keyword)
        self._expect("(")
        position, name = self._next.position, self._operand()
        if not isinstance(name, _Name):
            raise FilterProblem(f"{function} needs a queryable first, then values in brackets", position)
        self._expect(",")
        values = self._values()
        self._expect(")")
        return ArrayComparison(function, str(name), values)

    def _values(self) -> tuple[FilterValue, ...]:
        self._expect("(")
        values = [self._value()]
        while self._took(","):
            if len(values) == MAX_VALUES:
                raise FilterProblem(f"a list has more than {MAX_VALUES} values", self._next.position)
            values.append(self._value())
        self._expect(")")
        return tuple(dict.fromkeys(values))

    def _value(self) -> FilterValue:
        position, value = self._next.position, self._operand()
        if isinstance(value, _Name):
            raise FilterProblem(f"“{value[:40]}” is not a value; write texts in apostrophes", position)
        return value

    def _operand(self) -> FilterValue:
        """Parse a value or the name of a queryable, and return it."""
        token = self._next
        if token.kind == "text":
            return self._take().value
        if token.kind == "number":
            return _number(self._take())
        if token.keyword in ("TRUE", "FALSE"):
            return self._take().keyword == "TRUE"
        if token.keyword in ("DATE", "TIMESTAMP") and self._tokens[self._at + 1].value == "(":
            return self._day()
        following = self._tokens[self._at + 1] if token.kind != "end" else token
        named = token.kind == "quoted" or (token.kind == "word" and token.keyword not in _WORDS)
        if not named or (following.value == "(" and following.kind == "operator"):
            raise self._unexpected("a queryable or a value is expected")
        return _Name(self._take().value)

    def _day(self) -> date:
        word = self._take().keyword
        self._expect("(")
        token = self._take()
        self._expect(")")
        form = _DAY if word == "DATE" else _MOMENT
        try:
            if token.kind != "text" or not form.fullmatch(token.value):
                raise ValueError(token.value)
            return date.fromisoformat(token.value) if word == "DATE" else _utc_day(token.value)
        except ValueError:
            example = "DATE('2019-05-01')" if word == "DATE" else "TIMESTAMP('2019-05-01T12:00:00Z')"
            raise FilterProblem(f"{word} needs a day that exists, as in {example}", token.position) from None


def _utc_day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(UTC).date()


def _number(token: Token) -> int | float:
    digits = re.sub(r"[eE].*|\D", "", token.value).lstrip("0")
    value = float(token.value)
    if len(digits) > _MAX_DIGITS or not math.isfinite(value):
        raise FilterProblem(f"a number has at most {_MAX_DIGITS} digits", token.position)
    return int(token.value) if token.value.lstrip("+-").isdigit() else value
