"""Export files of other systems to essays and comments, streaming."""
