"""What ansible-test runs to get pip into its virtual environments, instead of a script from elsewhere.

scripts/sanity.sh puts it where ansible-test looks first, so that a run needs no host but the package index.
"""

from __future__ import annotations

import subprocess
import sys

wanted = [word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")]
subprocess.check_call([sys.executable, "-m", "ensurepip", "--default-pip"], stdout=subprocess.DEVNULL)
subprocess.check_call([sys.executable, "-m", "pip", "install", "--quiet", *wanted])
# Older Pythons bundle setuptools, which ansible-test asked to do without.
subprocess.call(
    [sys.executable, "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"], stderr=subprocess.DEVNULL
)
