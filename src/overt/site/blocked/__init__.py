"""What is blocked, in every country."""
