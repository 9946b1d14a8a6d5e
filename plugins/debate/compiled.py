"""Templates compiled once a build: Pelican gives each generator an environment, and each would compile all it uses."""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Compiled templates by name, file and source, in memory: code is never read from a file that others could write.

    For environments of one build, which are alike: a template is compiled for the language and filters of its own.
    """

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where this source was compiled before."""
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self._compiled[bucket.key, bucket.checksum] = bucket.code
