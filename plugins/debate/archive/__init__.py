"""Archives of comments, JSON Lines or Parquet, tagged in partitions by any number of processes or machines."""

from .partitions import PART_SIZE
from .records import Fields
from .running import Archive, Outcome, tag_archive

__all__ = ["PART_SIZE", "Archive", "Fields", "Outcome", "tag_archive"]
