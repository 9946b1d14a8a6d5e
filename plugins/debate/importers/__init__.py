"""Export files of other systems to essays and comments, streaming."""

from .fitting import where_it_fits
from .importing import import_file
from .report import Report

__all__ = ["Report", "import_file", "where_it_fits"]
