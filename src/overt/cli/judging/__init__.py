"""What `overt judge` prints and asks."""
