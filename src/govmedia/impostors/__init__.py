"""Impostors: reports from the public, two people's decision, and the answer whether an account is real."""
