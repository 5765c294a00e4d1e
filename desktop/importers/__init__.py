"""Files to articles: no database, no network."""
