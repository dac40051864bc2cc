"""One file for each check; `content.registry` says what a file has."""
