"""The checks of service.py, a file each."""
