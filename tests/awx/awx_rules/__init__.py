"""The rules by which AWX 24.6.1 accepts or refuses what a client sends it.

Each module holds one kind of object. A validator takes plain data in the shape of the AWX API and returns the
body of AWX's refusal, or an empty mapping when AWX would accept. ``replay`` checks the rules against requests
which were really sent to an AWX, ``job`` runs a playbook in the manner of AWX.
"""
