"""Where a quoted passage stands in another text: pure functions."""
