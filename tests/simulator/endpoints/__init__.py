"""The endpoints of contract §4 and §5, one module for each setting."""
