"""What posts say: hits of the text checks on posts as they come in, and people's word on them.

Owns the states of a hit: open, right, minor, wrong, gone.
"""
