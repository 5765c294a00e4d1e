"""The library: one folder, one SQLite file that is the truth, and the only SQL of the program."""
