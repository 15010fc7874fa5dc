"""Replies about who owns an organisation that a question names beside another one."""
