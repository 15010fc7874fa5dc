"""Published network measurements: read, judged by rules, and counted. Nothing here probes a network.

`measurement_file_reader` yields the measurements in files, `measurement` parses their common fields, and `protocols` parses
what each protocol layer observed. `facts` summarises these observations for each test, `verdict_rules` turns facts into
verdicts, and `measurement_aggregate` counts verdicts over networks and days.
"""
