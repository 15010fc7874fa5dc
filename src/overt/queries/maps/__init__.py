"""What maps draw and shade."""
