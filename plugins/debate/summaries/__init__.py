"""Tagged threads to figures: shares, key points, exchanges, timeline, words."""
