"""The output of `overt key` and `overt sign`: keys of editors and the roots of trust."""
