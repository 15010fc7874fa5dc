"""Words without a meaning of their own that decide what the names around them mean: “and”, “who”, “from”."""

JOINS = frozenset({"and", "or", "和", "或", "与", "及"})
"""Words that join two names, so that both play the same role in a question."""
WHO = frozenset({"who", "whom", "谁"})
FROM = frozenset({"from", "自", "从", "由"})
"""Words before a country or region that supplies something."""
TO = frozenset({"to", "向", "给", "往", "for"})
"""Words before or after a customer."""
WITH = frozenset({"with", "from", "by", "同", "跟", "为", "从"})
"""Words between two organisations that take part in the same project: “Safaricom bought cameras from Huawei”."""
