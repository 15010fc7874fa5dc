"""The released answers: what a release says about organisations, kinds of projects, lenders and services in countries."""
