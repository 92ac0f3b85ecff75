# Copyright (c) 2026, polyv.live maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The progress as one colourful row, drawn by rich where it is installed."""

from __future__ import annotations

import io
import shutil

from ...module_utils._api.rate_limit_usage import Usage
from .counts import Counts
from .words import figures

try:
    from rich.console import Console
    from rich.progress_bar import ProgressBar
    from rich.table import Table
except ImportError:
    HAS_RICH = False
else:
    HAS_RICH = True

_BAR = 24  # columns
_NARROW = 80  # columns: below, the numbers need the room of the bar


def row(counts: Counts, usage: Usage | None, seconds_left: float | None, colour: bool) -> str:
    """The row, with the codes of the terminal in it and narrower than the terminal."""
    # The last column stays free: some terminals begin a new row once it is filled.
    width = max(20, shutil.get_terminal_size().columns - 1)
    console = Console(
        file=io.StringIO(), force_terminal=True, no_color=not colour, width=width, highlight=False
    )
    table = Table.grid(padding=(0, 1))
    done = f"Polyv {counts.done}/{counts.total}"
    cells = [f"[bold]{done}[/]"]
    table.add_column(no_wrap=True, min_width=len(done))
    if width >= _NARROW:
        table.add_column(width=_BAR)
        cells.append("")
    table.add_column(no_wrap=True, overflow="ellipsis")
    progress = ProgressBar(total=1.0, completed=counts.fraction, width=_BAR)
    table.add_row(*(cell or progress for cell in cells), " · ".join(figures(counts, usage, seconds_left)))
    with console.capture() as capture:
        console.print(table, no_wrap=True, crop=True)
    return capture.get().split("\n", 1)[0].rstrip()
