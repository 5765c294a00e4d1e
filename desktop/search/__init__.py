"""Queries, analysis of words, and the Whoosh index."""
