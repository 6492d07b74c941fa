"""``python -m ogcheck``."""

from ogcheck.cli import process

process()
