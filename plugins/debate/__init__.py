"""Comment threads, stance tags and debate summaries for Pelican."""
