"""A demonstration province with invented organisations, accounts and posts."""
