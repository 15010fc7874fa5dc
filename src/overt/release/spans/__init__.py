"""Spans: when each record was true, as the table `spans`."""
