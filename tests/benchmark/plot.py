"""Draws a saved run: what each contestant takes, as bars beside the floor.

Usage: python -m benchmark.plot FILE, the file that `--save` named. Needs the environment `bench`, which has matplotlib.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")
from matplotlib import pyplot  # noqa: E402

# Colours that people who don't see all colours can tell apart (Okabe and Ito).
_FIGURES = (("seconds", "#0072b2"), ("CPU", "#d55e00"))
_THICKNESS = 0.38


def main() -> None:
    """Reads FILE with the suffix .json and writes it with the suffix .png."""
    file = Path(sys.argv[1])
    saved = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    names = list(saved["ratios"])
    figure, axes = pyplot.subplots(figsize=(8, 1 + 0.6 * len(names)), layout="constrained")
    for index, (label, colour) in enumerate(_FIGURES):
        places = [number + (index - 0.5) * _THICKNESS for number in range(len(names))]
        widths = [saved["ratios"][name][index] for name in names]
        bars = axes.barh(places, widths, height=_THICKNESS, color=colour, label=label)
        axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.set_title(f"{saved['accounts']} unchanged accounts: times the floor")
    # The bars have their figures on them.
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(file.with_suffix(".png"), dpi=120)


if __name__ == "__main__":
    main()
