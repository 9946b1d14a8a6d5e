"""Tasks for building, serving, checking and moderating the site; the work itself lives in Pelican and in the plugin.

Run them without activating anything: `python3 start.py build`. Arguments after `--` go to Pelican.
"""

from __future__ import annotations

import shutil
import sys
from json import dumps

from invoke import Context, task

from tools.checking import ROOT, end_with, free_port, site_settings, the_plugin, whole_number
from tools.running import CACHE, CONTENT, OUTPUT, address_for, build_site, make_index, run, run_pelican, with_help

PORT = "8000"
SINK = ROOT / "examples/kitchen-sink"
CONTENT_HELP = "folder that holds debates/, essays/ and comments/"
FORMATS_HELP = "wordpress, blogger, disqus, isso, isso-json, commento, webmention, comment-folder, capture or page"
JOBS_HELP = "processes that share the work; the result does not depend on it"


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def build(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build the site into output/; another content folder than last time starts from an empty one."""
    build_site("pelicanconf.py", "--fatal", "errors", content=content, jobs=jobs)


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def rebuild(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build the site anew: empty output/ first."""
    build_site("pelicanconf.py", "--fatal", "errors", "--delete-output-directory", content=content, jobs=jobs)


@task
def clean(_: Context) -> None:
    """Remove output/ and the cache: the next build works everything out anew."""
    for folder in (OUTPUT, CACHE):
        shutil.rmtree(folder, ignore_errors=True)


@task(help={"port": "port of the local server"})
def serve(_: Context, port: str = PORT) -> None:
    """Serve output/ at http://localhost:8000 until Ctrl-C."""
    run_pelican("pelicanconf.py", "--listen", "--port", str(free_port(port)))


@task(help={"port": "port of the local server"})
def reserve(_: Context, port: str = PORT) -> None:
    """Build, then serve."""
    free_port(port)
    build(_)
    serve(_, port)


@task
def regenerate(_: Context) -> None:
    """Build again whenever something changes in content/, theme/ or the settings."""
    run_pelican("pelicanconf.py", "--autoreload")


@task(help={"port": "port of the local server"})
def livereload(_: Context, port: str = PORT) -> None:
    """Serve, and build and reload the browser whenever an essay, comment, debate, template or setting changes."""
    from tools.livereloading import serve_live

    serve_live(free_port(port))


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def preview(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build with the production settings of publishconf.py, to be read at http://localhost:8000."""
    with address_for(f"http://localhost:{PORT}"):
        build_site("publishconf.py", "--fatal", "errors", content=content, jobs=jobs)


@task(name="kitchen-sink")
def kitchen_sink(_: Context) -> None:
    """Build every part of the theme in every state into output-kitchen-sink/, to look at; it is not published."""
    output = ROOT / "output-kitchen-sink"
    run_pelican(str(SINK / "sinkconf.py"), "--delete-output-directory", content=SINK / "content", output=output)


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def publish(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build for publishing: production settings, your SITEURL, and any warning stops it."""
    build_site("publishconf.py", "--fatal", "warnings", content=content, jobs=jobs)


@task(name="search-index")
def search_index(_: Context) -> None:
    """Make the search index of output/ from the last build; build, preview and publish do it by themselves."""
    make_index()


@task(
    name="import",
    help={
        "path": "an export file, a folder, or a saved blog page",
        "into": CONTENT_HELP,
        "format": FORMATS_HELP,
        "debate": "key of the debate of all essays; left out: the site's default, for essays that are about it",
        "dry-run": "write nothing, print the same report",
        "pending": "keep comments that wait for moderation",
        "jobs": JOBS_HELP,
    },
)
@with_help
def import_(
    _: Context,
    path: str,
    into: str = "content",
    format: str = "auto",
    debate: str = "",
    dry_run: bool = False,
    pending: bool = False,
    jobs: str = "1",
) -> None:
    """Import essays and comments: WordPress, Blogger, Disqus, Isso, Commento, webmentions, saved blog pages."""
    number = whole_number("jobs", jobs, 1)
    with the_plugin():
        from debate.desk.importing import import_command

        folder = ROOT / into
        options = {"format": format, "debate": debate or None, "dry_run": dry_run, "pending": pending, "jobs": number}
        end_with(import_command(ROOT / path, folder, CONTENT, site_settings(), **options))


@task(
    help={
        "source": "JSON Lines (also .gz) or Parquet: a file, or a folder of files",
        "debate": "key of the debate; left out: the site's default",
        "content": CONTENT_HELP,
        "into": "folder for the tags; left out: beside the source, its name and .tags",
        "jobs": JOBS_HELP,
        "scheduler": "address of a Dask scheduler, such as tcp://10.0.0.5:8786, whose workers do the work",
        "text-field": "name of the comments' text in the source",
        "id-field": "name of the comments' id in the source",
        "evidence": "also write the sentences that carried each tag",
        "part-size": "comments of one part: what a worker that dies may lose",
    }
)
@with_help
def tag_archive(
    _: Context,
    source: str,
    debate: str = "",
    content: str = "content",
    into: str = "",
    jobs: str = "1",
    scheduler: str = "",
    text_field: str = "text",
    id_field: str = "id",
    evidence: bool = False,
    part_size: str = "5000",
) -> None:
    """Tag an archive of comments in parts, by several processes or machines; a second run goes on where one ended."""
    number, size = whole_number("jobs", jobs, 1), whole_number("part-size", part_size, 1)
    with the_plugin():
        from debate.archive import Archive, Fields
        from debate.desk.archiving import archive_command

        path = ROOT / source
        target = ROOT / into if into else path.with_name(f"{path.name}.tags")
        archive = Archive(path, target, Fields(text_field, id_field), size, evidence)
        options = {"debate": debate or None, "jobs": number, "scheduler": scheduler or None}
        end_with(archive_command(archive, ROOT / content, site_settings(), **options))


@task(help={"content": CONTENT_HELP})
def review(_: Context, content: str = "content") -> None:
    """Go through the machine's tags in the terminal: accept, change, skip, undo."""
    with the_plugin():
        from debate.desk.review import review_command

        end_with(review_command(ROOT / content, CACHE, site_settings()))


@task(help={"model": "a model that the `llm` library knows", "content": CONTENT_HELP, "limit": "comments to ask about"})
@with_help
def suggest(_: Context, model: str, content: str = "content", limit: str = "0") -> None:
    """Ask a language model for proposals, which `review` then shows (needs the library `llm`)."""
    number = whole_number("limit", limit)
    with the_plugin():
        from debate.desk.suggest import suggest_command

        end_with(suggest_command(ROOT / content, CACHE, model, site_settings(), limit=number or None))


@task(help={"path": "an mbox, a Maildir, an .eml file or a folder of them", "content": CONTENT_HELP})
@with_help
def inbox(_: Context, path: str, content: str = "content") -> None:
    """Turn replies that came by mail into comments held for moderation."""
    with the_plugin():
        from debate.desk.inbox import inbox_command

        end_with(inbox_command(ROOT / path, ROOT / content, site_settings()))


@task(help={"content": CONTENT_HELP, "blocked": "file of words, one a line, that mark a comment as likely spam"})
def moderate(_: Context, content: str = "content", blocked: str = "") -> None:
    """Go through the comments held for moderation in the terminal: publish, delete, edit, skip, undo."""
    with the_plugin():
        from debate.desk.moderate import moderate_command

        words = ROOT / blocked if blocked else None
        end_with(moderate_command(ROOT / content, site_settings(), blocked_words=words))


@task(
    help={
        "gold": "JSON Lines of text and label to measure on",
        "train": "JSON Lines to train a tagger from; left out: the built-in one",
        "json": "file for the figures",
        "by": "field of the lines that names a group; one tagger is trained a group",
    }
)
@with_help
def evaluate(_: Context, gold: str, train: str = "", json: str = "", by: str = "") -> None:
    """Measure a stance tagger on labelled texts."""
    with the_plugin():
        from debate.stance.reporting import evaluate_command

        files = [ROOT / name if name else None for name in (train, json)]
        print(evaluate_command(ROOT / gold, *files, by or None))


@task(
    name="evaluate-key-points",
    help={
        "folder": "holds arguments_, key_points_ and labels_SPLIT.csv",
        "split": "dev or train",
        "json": "file for the figures",
    },
)
@with_help
def evaluate_key_points(_: Context, folder: str, split: str = "dev", json: str = "") -> None:
    """Measure key points and their matching on ArgKP."""
    with the_plugin():
        from debate.frontmatter import write_whole
        from debate.summaries import evaluate_key_points as measure

        figures = measure(ROOT / folder, split)
        print("\n".join(f"{name:24} {value:.3f}" for name, value in figures.items()))
        if json:
            write_whole(ROOT / json, dumps(figures, indent=1) + "\n")


@task(help={"language": "code of a language to begin a catalogue for, such as fr or pt_BR"})
def translations(_: Context, language: str = "") -> None:
    """Bring the catalogues of translations up to date with templates and modules (docs/translating.md)."""
    with the_plugin():
        from debate.desk.translating import update_catalogues

        print(update_catalogues(ROOT / "theme", language))


@task(
    help={
        "essays": "how many the made-up site has",
        "comments": "how many they have together",
        "rounds": "how often each build is timed; the best counts",
    }
)
def benchmark(_: Context, essays: int = 1_000, comments: int = 10_000, rounds: int = 3) -> None:
    """Time builds of a made-up site, beside plain Pelican and pelican_comment_system (docs/performance.md)."""
    sizes = (("--essays", essays), ("--comments", comments), ("--rounds", rounds))
    run(sys.executable, "benchmarks/builds.py", *(str(word) for pair in sizes for word in pair))


@task
def test(_: Context) -> None:
    """Run the tests, a process for each core; arguments after `--` go to pytest."""
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    # A file stays with one process, so that its sites are built once.
    run(sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *passed_on)


@task
def lint(_: Context) -> None:
    """Check style and formatting with ruff."""
    run(sys.executable, "-m", "ruff", "check", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


@task
def typecheck(_: Context) -> None:
    """Check types with mypy, strictly, in plugins/."""
    run(sys.executable, "-m", "mypy")


@task(lint, typecheck, test)
def check(_: Context) -> None:
    """Run all that CI runs: lint, types, tests, a build for publishing (as example.org unless SITEURL is set)."""
    with address_for("https://example.org"):
        publish(_)
