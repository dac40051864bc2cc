"""Wrong characters: counts of strings, candidates, features and trees (see `checks/typo.py`)."""
