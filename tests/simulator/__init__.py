"""A simulator of the Polyv live API: a real HTTP server, written from the contract alone (see README.md)."""
