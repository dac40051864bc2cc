"""Requests to open, change or close an account, and their review; owns the filing states."""
