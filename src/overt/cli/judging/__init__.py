"""The output and questions of `overt judge`."""
