"""Configuration: find it, read it, check it, and resolve it for one path."""

from ogcheck.config.checking import globs
from ogcheck.config.keys import (
    AUTO,
    DEFAULT_EXCLUDE,
    FAIL_ON,
    MOST_JOBS,
    SETTINGS,
    Setting,
)
from ogcheck.config.loading import parse_override
from ogcheck.config.resolving import Resolver, Settings, options_for
from ogcheck.errors import ConfigError

__all__ = [
    "AUTO",
    "DEFAULT_EXCLUDE",
    "FAIL_ON",
    "MOST_JOBS",
    "SETTINGS",
    "ConfigError",
    "Resolver",
    "Setting",
    "Settings",
    "globs",
    "options_for",
    "parse_override",
]
