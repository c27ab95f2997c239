"""A new library's folder: what is asked, and what is written from the answers."""
