"""Geometry of the pictures: where things stand, in numbers; nothing is painted here."""
