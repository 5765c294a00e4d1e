"""Documents to files: no database, no Qt."""
