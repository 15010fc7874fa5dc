"""What each column of a released table means: for the data dictionary and the descriptions of exported files."""
