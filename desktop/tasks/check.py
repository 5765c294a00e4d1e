"""Check that a library is whole, and repair it on a copy."""

from __future__ import annotations
