"""`python -m govmedia.cli`: the same as the command."""

import sys

from govmedia.cli import main

sys.exit(main())
