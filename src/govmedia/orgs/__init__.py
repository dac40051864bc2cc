"""Divisions, organisations, users, roles and rights; owns nobody else's states."""
