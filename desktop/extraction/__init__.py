"""Text and language packs to mentions: pure functions."""
