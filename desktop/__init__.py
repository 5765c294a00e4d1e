"""Leeslamp: an offline reader for people who follow a subject through thousands of articles."""

__version__ = "0.1.0"
