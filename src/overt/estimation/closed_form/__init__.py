"""Estimators with a closed formula or a fixed model: Chapman's estimator and Chao's lower bounds."""
