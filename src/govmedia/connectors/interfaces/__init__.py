"""One file for each way in which posts reach us; the file is found by being here."""
