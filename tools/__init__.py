"""What tasks.py is made of, and tools of those who work on the project."""
