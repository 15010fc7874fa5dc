"""Replies about money: commitments, contracts, and money that is neither."""
