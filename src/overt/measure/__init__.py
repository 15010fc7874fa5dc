"""Published network measurements: read, judged by rules, and counted. Nothing here probes a network.

`documents` yields the measurements in files, `measurement` parses their common fields, `protocols` parses what each protocol
observed, `facts` sums that up for each test, `rules` turns facts into verdicts, and `finding_aggregate` counts verdicts over
networks and days.
"""
