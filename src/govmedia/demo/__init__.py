"""The demonstration: an invented province with its accounts, posts and filings, and the strings to pull in it."""
