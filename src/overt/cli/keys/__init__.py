"""The work of `overt key`: keys of editors, and roots of trust."""
