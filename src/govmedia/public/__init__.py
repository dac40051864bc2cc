"""The public site: directory, search, account pages, QR codes; reads only."""
