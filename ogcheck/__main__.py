"""``python -m ogcheck``."""

import sys

from ogcheck.cli import main

sys.exit(main())
