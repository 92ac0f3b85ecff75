"""The vendor's services, one file for each: its endpoints, what it keeps, and how a seed describes that."""
