"""Rounds of inspection: planned, announced, drawn in the open, judged by inspectors, settled, exported.

Owns the states of a round (`states.ROUND`) and of an account in one (`states.Place`).
"""
