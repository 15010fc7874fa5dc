"""Words that sources use for terms of the vocabularies, or for missing values. They are suggestions; no import applies them."""

SYNONYMS: dict[str, dict[str, str]] = {
    "statuses": {
        "planned": "announced", "proposed": "announced", "planning": "announced", "signed": "agreed", "contracted": "agreed",
        "contract signed": "agreed", "awarded": "agreed", "approved": "agreed", "live": "operational", "active": "operational",
        "running": "operational", "in use": "operational", "in operation": "operational", "deployed": "operational",
        "operating": "operational", "up and running": "operational",
        "removed": "decommissioned", "dismantled": "decommissioned",
        "in service": "operational", "done": "completed", "finished": "completed",
        "delivered": "completed", "ongoing": "in-progress", "implementation": "in-progress", "under way": "in-progress",
        "under construction": "under-construction", "construction": "under-construction", "building": "under-construction",
        "on hold": "suspended", "paused": "suspended", "stalled": "suspended", "halted": "suspended", "canceled": "cancelled",
        "abandoned": "cancelled", "terminated": "cancelled", "closed": "decommissioned", "retired": "decommissioned",
        "shut down": "decommissioned", "inactive": "decommissioned", "unclear": "unknown", "not known": "unknown",
        "已签约": "agreed", "签约": "agreed", "运营中": "operational", "投入使用": "operational", "在建": "under-construction",
        "已完成": "completed", "取消": "cancelled",
    },
    "project-kinds": {
        "cctv": "video-surveillance", "cameras": "video-surveillance", "surveillance cameras": "video-surveillance",
        "video surveillance": "video-surveillance", "face recognition": "facial-recognition", "frt": "facial-recognition",
        "facial recognition": "facial-recognition", "safe city": "smart-city", "smart city": "smart-city",
        "predictive policing": "smart-policing", "5g": "5g-network", "4g": "mobile-network", "3g": "mobile-network",
        "mobile": "mobile-network", "lte": "mobile-network", "fibre": "fixed-network", "fiber": "fixed-network",
        "broadband": "fixed-network", "backbone": "terrestrial-cable", "cable": "submarine-cable",
        "undersea cable": "submarine-cable", "subsea cable": "submarine-cable", "data center": "data-centre",
        "datacenter": "data-centre", "data centre": "data-centre", "censorship": "filtering", "firewall": "filtering",
        "dpi": "filtering", "e-gov": "e-government", "egovernment": "e-government", "r&d": "rnd-lab", "tv": "broadcasting",
        "social media monitoring": "social-media-surveillance", "scanner": "security-inspection",
        "监控": "video-surveillance", "视频监控": "video-surveillance", "平安城市": "smart-city", "智慧城市": "smart-city",
        "人脸识别": "facial-recognition", "数据中心": "data-centre",
    },
    "roles": {
        "vendor": "supplier", "contractor": "implementer", "manufacturer": "supplier", "provider": "supplier",
        "client": "customer", "buyer": "customer", "purchaser": "customer", "end user": "customer", "user": "customer",
        "lender": "financier", "funder": "financier", "donor": "financier", "integrator": "implementer",
    },
    "organization-kinds": {
        "private": "company", "firm": "company", "soe": "state-owned-company", "state-owned": "state-owned-company",
        "government": "state-body", "ministry": "state-body", "police": "state-body", "agency": "state-body",
        "ngo": "non-governmental", "igo": "intergovernmental",
    },
    "flow-types": {
        "export buyer's credit": "export-credit", "credit": "loan", "donation": "grant", "aid": "grant",
        "concessional": "concessional-loan", "zero-interest loan": "interest-free-loan",
    },
}  # fmt: skip
"""For each vocabulary: words in lower case, each with the term that it usually means."""
NOTHING = frozenset(
    (
        "n/a",
        "na",
        "n.a.",
        "-",
        "–",
        "—",
        "?",
        "??",
        "none",
        "nil",
        "null",
        "unknown",
        "tbd",
        "tbc",
        "n.d.",
        "nd",
        "undisclosed",
        "not disclosed",
        "not public",
        "not available",
        "confidential",
        "无",
        "未知",
        "未公开",
        "不详",
    )
)
"""Strings, in lower case, that usually mean that nothing is stated."""
