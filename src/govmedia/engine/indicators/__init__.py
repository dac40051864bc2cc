"""One file for each indicator; `registry` says what a file has."""
