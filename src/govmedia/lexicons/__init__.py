"""The installation's own words for the text checks: proposed, previewed, approved by another, in force by date.

Owns the states of a term: proposed, approved, ended.
"""
