"""Start the simulator: `python tests/simulator`, or `python -m simulator` with `tests` on the path."""

import sys
from pathlib import Path

if not __package__:
    # Run as a directory: Python put the package itself on the path, the imports below need its parent.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from simulator.cli import main

if __name__ == "__main__":
    sys.exit(main())
