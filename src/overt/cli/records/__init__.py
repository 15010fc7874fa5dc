"""The output of `overt show` and `overt figures`."""
