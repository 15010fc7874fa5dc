"""Spans: when each record was in place, as the table `spans`."""
