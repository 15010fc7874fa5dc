"""Network measurements that others made and published, read and judged. Nothing here probes a network.

`reading` brings measurements out of files, `measurement` tells what each says of itself, the layers (`dns`, `tcp`, `tls`, `quic`,
`http`) what happened on the way, `facts_*` sum that up per test, `rules` decides, `aggregate` counts over networks and days.
"""
