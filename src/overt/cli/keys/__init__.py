"""What `overt key` does: keys of editors, and roots of trust."""
