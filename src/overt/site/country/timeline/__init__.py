"""The timelines of a country: the events, and how they are drawn."""
