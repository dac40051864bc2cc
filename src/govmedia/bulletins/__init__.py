"""Bulletins of rounds: figures frozen from the verdicts, words by people, approved by another, published for ever.

Owns the states of a bulletin (`states.BULLETIN`) and the letters to units that failed.
"""
