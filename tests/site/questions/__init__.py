"""Questions of readers and their answers."""
