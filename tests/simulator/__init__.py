"""A simulator of the Polyv live API: a real HTTP server, written from the documentation of the API alone (see README.md)."""
