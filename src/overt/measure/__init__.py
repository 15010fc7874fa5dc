"""Published network measurements: read, judged by rules, and counted. Nothing here probes a network.

`measurement_documents` yields the measurements in files, `measurement` parses their common fields, and `protocols` parses what
each protocol layer observed. `facts` summarises these observations for each test, `rules` turns facts into verdicts, and
`finding_aggregate` counts verdicts over networks and days.
"""
