"""The working site: start page, lists and account pages across rooms; writes only through lower services."""
