"""Templates compiled once a build: Pelican gives each generator an environment, and each would compile all it uses."""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Compiled templates by name, file and source, in memory: code is never read from a file that others could write.

    For environments of one build, which are alike: a template is compiled for the language and filters of its own.
    """

    def __init__(self) -> None:
        self._compiled: dict[object, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where this source was compiled before."""
        bucket.code = self._compiled.get(_kind_of(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code:
            self._compiled[_kind_of(bucket)] = bucket.code


def _kind_of(bucket: Bucket) -> object:
    environment = bucket.environment
    return bucket.key, bucket.checksum, environment.autoescape, frozenset(environment.extensions)
