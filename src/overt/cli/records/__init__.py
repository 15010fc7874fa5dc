"""What `overt show` and `overt figures` print."""
