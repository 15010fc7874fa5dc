"""What the other packages are built on: content, claims, values, files and engines. Imports no other package of Overt."""
