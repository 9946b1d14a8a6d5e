"""Comment threads, stance tags and debate summaries for Pelican: static, offline, private."""

from __future__ import annotations


def register() -> None:
    """Connect the plugin to Pelican, one line a signal; called by Pelican when the plugin is listed in PLUGINS."""
    # Imported here so that the engine, the importers and the terminal tools can be used without Pelican's machinery.
    from pelican import signals

    from . import essays, generators, hooks, memory, theme_files, writers

    signals.initialized.connect(hooks.register_settings)
    signals.readers_init.connect(essays.offer)
    signals.generator_init.connect(hooks.add_templates)
    signals.article_generator_context.connect(hooks.date_undated)
    signals.article_generator_finalized.connect(essays.save)
    signals.page_generator_finalized.connect(essays.save)
    signals.static_generator_finalized.connect(theme_files.copy_theme)
    signals.get_generators.connect(generators.generators)
    signals.get_writer.connect(writers.sparing_writer)
    signals.feed_generated.connect(hooks.extend_feed)
    signals.finalized.connect(memory.let_go)
