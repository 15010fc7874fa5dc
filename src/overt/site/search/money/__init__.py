"""Replies about money: commitments, contracts, and what neither covers."""
