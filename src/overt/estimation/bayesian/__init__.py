"""Bayesian estimators: averaging over decomposable graphs, and latent classes."""
