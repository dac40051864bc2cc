"""Bulletins (通报): their figures, what of them does not close, and the documents in the official form."""
