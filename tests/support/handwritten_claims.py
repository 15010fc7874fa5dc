"""Claims of a source, written by hand."""

from dataclasses import dataclass, field

from overt.model.claim import Claim, Evidence


@dataclass
class SourceRows:
    """Builder for the claims of a source."""

    slug: str
    retrieved: str
    position: int
    claims: list[Claim] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)

    @property
    def capture(self) -> str:
        return (self.slug.encode().hex() + "0" * 64)[:64]

    def add(
        self,
        kind: str,
        key: str,
        /,
        document: str | None = None,
        basis: str = "stated",
        rule: str | None = None,
        **values: object,
    ) -> str:
        """Add claims of a record, each with its evidence. Return the record's id.

        A value is text, (text, unit) for money, (text, "lang:zh") for words, or a list of these. An underscore in an argument's
        name stands for a hyphen, and the argument `from_` for the property `from`.
        """
        record = f"{self.slug}:{key}"
        self.types[record] = kind
        for name, content in values.items():
            prop = name.rstrip("_").replace("_", "-")
            for value in content if isinstance(content, list) else [content]:
                text, mark = value if isinstance(value, tuple) else (value, None)
                lang = mark.removeprefix("lang:") if mark and mark.startswith("lang:") else None
                unit = None if lang else mark
                claim = Claim(self.slug, record, kind, prop, str(text), None, unit, lang, None, None, basis, rule, document)
                self.claims.append(claim)
                self.evidence.append(
                    Evidence(claim.id, self.capture, f"row={len(self.claims) + 1};col={prop}", str(text)[:1000], document)
                )
        return record

    def add_about(self, record: str, kind: str, **values: str) -> None:
        """Add claims, without evidence, about a record of another source."""
        for name, value in values.items():
            self.claims.append(Claim(self.slug, record, kind, name, value))
