"""What `overt key` does: the keys of editors, and the roots of trust."""
