"""The accounts of `tests/integration/seed.yml` that tests name."""

from __future__ import annotations

# Its secret is the one of the vendor's published example (docs/api.md §1).
ACCOUNT = {
    "app_id": "g4rqgmmjuo",
    "app_secret": "fsq2k5weced1h8vui657xtdva66whf0g",
    "user_id": "1b448be323",
}
OTHER_ACCOUNT = {
    "app_id": "h5srhnnkvp",
    "app_secret": "qwe2k5weced1h8vui657xtdva66whf0g",
    "user_id": "2c559cf434",
}
# CHANNEL has custom authorization set and active, OTHER_CHANNEL has nothing set.
CHANNEL, OTHER_CHANNEL = "2191532", "2191533"
