"""Tasks for building, serving, checking and moderating the site; the work itself lives in Pelican and in the plugin.

Run them without activating anything: `python3 start.py build`. Arguments after `--` go to Pelican.
"""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from json import dumps
from pathlib import Path
from typing import Any

from invoke import Context, Exit, task

ROOT = Path(__file__).resolve().parent
CONTENT = ROOT / "content"
OUTPUT = ROOT / "output"
CACHE = ROOT / ".cache"
PORT = "8000"
LOOK_EVERY_MILLISECONDS = 150
SINK = ROOT / "examples/kitchen-sink"
CONTENT_HELP = "folder that holds debates/, essays/ and comments/"
JOBS_HELP = "processes that share the work; the result does not depend on it"


def _run(*command: str) -> None:
    """Run a command without a shell (paths may hold spaces) and end with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT).returncode
    if code:
        raise Exit(code=code)


def _pelican(settings: str, *arguments: str, content: Path = CONTENT, output: Path = OUTPUT) -> None:
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    _run(sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", settings, *arguments, *passed_on)


def _index() -> None:
    """Make the search index of the site just built, where the site has a search and Pagefind is installed."""
    with _plugin():
        from debate.desk.searching import index_command

        done = index_command(CACHE, OUTPUT)
    if done:
        print(done)


def _content(name: str) -> Path:
    """Return the content folder; end with a clear message where there is none."""
    folder = ROOT / name
    if not folder.is_dir():
        raise Exit(f"{folder}: there is no such folder. Remedy: name one that holds essays/ and comments/.", code=1)
    return folder


def _anew(name: str) -> list[str]:
    """Empty output/ before a site from elsewhere is built, so that no page of this one stays among its pages."""
    return [] if ROOT / name == CONTENT else ["--delete-output-directory"]


def _settings() -> Any:
    from debate.settings import DebateSettings

    values = runpy.run_path(str(ROOT / "pelicanconf.py"))
    return DebateSettings.read({name: value for name, value in values.items() if name.isupper()})


@contextmanager
def _plugin() -> Iterator[None]:
    """Make the plugin importable, and end the task by the message of an error that the plugin words itself."""
    sys.path.insert(0, str(ROOT / "plugins"))
    from debate.errors import DebateError

    try:
        yield
    except DebateError as error:
        raise Exit(error.message, code=1) from None


def _end(code: int) -> None:
    if code:
        raise Exit(code=code)


def _whole(option: str, value: str, least: int = 0) -> int:
    """Return an option as a whole number; end with a clear message, where invoke would show a traceback."""
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise Exit(f"--{option} {value}: no whole number of {least} or more. Remedy: give one.", code=1)
    return int(value)


def _helps(body: Callable[..., None]) -> Callable[..., None]:
    """Show a task's help for `--help` behind its name: before a first argument, invoke takes it for that argument."""

    @wraps(body)
    def run(context: Context, **arguments: Any) -> None:
        if {"--help", "-h"} & {value for value in arguments.values() if isinstance(value, str)}:
            _run(sys.executable, "-m", "invoke", "--help", body.__name__.strip("_").replace("_", "-"))
        else:
            body(context, **arguments)

    return run


def _build(settings: str, *arguments: str, content: str, jobs: str) -> None:
    more = ["--extra-settings", f"DEBATE_JOBS={_whole('jobs', jobs, 1)}"] if jobs else []
    _pelican(settings, *arguments, *more, content=_content(content))
    _index()


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def build(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build the site into output/; another content folder starts from an empty one."""
    _build("pelicanconf.py", "--fatal", "errors", *_anew(content), content=content, jobs=jobs)


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def rebuild(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build the site anew: empty output/ first."""
    _build("pelicanconf.py", "--fatal", "errors", "--delete-output-directory", content=content, jobs=jobs)


@task
def clean(_: Context) -> None:
    """Remove output/ and the cache: the next build works everything out anew."""
    for folder in (OUTPUT, CACHE):
        shutil.rmtree(folder, ignore_errors=True)


@task(help={"port": "port of the local server"})
def serve(_: Context, port: str = PORT) -> None:
    """Serve output/ at http://localhost:8000 until Ctrl-C."""
    _pelican("pelicanconf.py", "--listen", "--port", str(_whole("port", port)))


@task(help={"port": "port of the local server"})
def reserve(_: Context, port: str = PORT) -> None:
    """Build, then serve."""
    _whole("port", port)
    _pelican("pelicanconf.py", "--fatal", "errors")
    _index()
    serve(_, port)


@task
def regenerate(_: Context) -> None:
    """Build again whenever something changes in content/, theme/ or the settings."""
    _pelican("pelicanconf.py", "--autoreload")


@task(help={"port": "port of the local server"})
def livereload(_: Context, port: str = PORT) -> None:
    """Serve, and build and reload the browser whenever an essay, comment, debate, template or setting changes."""
    from livereload import Server
    from livereload.watcher import Watcher
    from pelican import log
    from tornado.ioloop import PeriodicCallback

    class Prompt(Watcher):
        """Looks for changes often: of the second from saving to seeing, waiting must not be most."""

        def start(self, callback: Any) -> bool:
            PeriodicCallback(callback, LOOK_EVERY_MILLISECONDS).start()
            return True

    number = _whole("port", port)
    log.init()
    server = Server(watcher=Prompt())
    for watched in ("content", "theme"):
        server.watch(str(ROOT / watched), _rebuild_here, delay=0)
    # What Python has loaded stays as it was: a change in settings or plugin takes a process of its own.
    for watched in ("plugins", "pelicanconf.py"):
        server.watch(str(ROOT / watched), _rebuild_quietly)
    _rebuild_here()
    server.serve(port=number, root=str(OUTPUT))


def _rebuild_quietly() -> None:
    """Build, and keep on watching when the build fails: the error on the screen is what the owner is mending."""
    try:
        _pelican("pelicanconf.py", "--fatal", "errors")
    except Exit:
        print("The build failed; mend what is named above and save it.")


def _rebuild_here() -> None:
    """Build in this process, in which all that is slow to start has been started: a saved comment shows at once."""
    from pelican import Pelican
    from pelican.settings import read_settings

    settings = read_settings(str(ROOT / "pelicanconf.py"), {"PATH": str(CONTENT), "OUTPUT_PATH": str(OUTPUT)})
    try:
        Pelican(settings).run()
    except Exception as error:  # whatever it is, the owner is mending it
        print(f"{error}\nThe build failed; mend what is named above and save it.")


@contextmanager
def _address(address: str) -> Iterator[None]:
    """Let publishconf.py have an address for a build that nobody publishes; one that is set already stays."""
    given = os.environ.get("SITEURL")
    os.environ["SITEURL"] = given or address
    try:
        yield
    finally:
        os.environ.pop("SITEURL")
        os.environ |= {"SITEURL": given} if given is not None else {}


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def preview(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build with the production settings of publishconf.py, to be read at http://localhost:8000."""
    with _address(f"http://localhost:{PORT}"):
        _build("publishconf.py", "--fatal", "errors", content=content, jobs=jobs)


@task(name="kitchen-sink")
def kitchen_sink(_: Context) -> None:
    """Build every part of the theme in every state into output-kitchen-sink/, to look at; it is not published."""
    output = ROOT / "output-kitchen-sink"
    _pelican(str(SINK / "sinkconf.py"), "--delete-output-directory", content=SINK / "content", output=output)


@task(help={"content": CONTENT_HELP, "jobs": JOBS_HELP})
def publish(_: Context, content: str = "content", jobs: str = "") -> None:
    """Build for publishing: production settings, your SITEURL, and any warning stops it."""
    _build("publishconf.py", "--fatal", "warnings", content=content, jobs=jobs)


@task(name="search-index")
def search_index(_: Context) -> None:
    """Make the search index of output/ from the last build; build, preview and publish do it by themselves."""
    _index()


@task(
    name="import",
    help={
        "path": "an export file, a folder, or a saved blog page",
        "into": CONTENT_HELP,
        "format": "wordpress, blogger, disqus, isso, isso-json, commento, webmention, comment-folder, capture or page",
        "debate": "key of the debate of all essays; left out: the site's default, for essays that are about it",
        "dry-run": "write nothing, print the same report",
        "pending": "keep comments that wait for moderation",
        "jobs": JOBS_HELP,
    },
)
@_helps
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
    number = _whole("jobs", jobs, 1)
    with _plugin():
        from debate.desk.importing import import_command

        folder = ROOT / into
        options = {"format": format, "debate": debate or None, "dry_run": dry_run, "pending": pending, "jobs": number}
        _end(import_command(ROOT / path, folder, CONTENT, _settings(), **options))


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
@_helps
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
    number, size = _whole("jobs", jobs, 1), _whole("part-size", part_size, 1)
    with _plugin():
        from debate.archive import Archive, Fields
        from debate.desk.archiving import archive_command

        path = ROOT / source
        target = ROOT / into if into else path.with_name(f"{path.name}.tags")
        archive = Archive(path, target, Fields(text_field, id_field), size, evidence)
        options = {"debate": debate or None, "jobs": number, "scheduler": scheduler or None}
        _end(archive_command(archive, ROOT / content, _settings(), **options))


@task(help={"content": CONTENT_HELP})
def review(_: Context, content: str = "content") -> None:
    """Go through the machine's tags in the terminal: accept, change, skip, undo."""
    with _plugin():
        from debate.desk.review import review_command

        _end(review_command(ROOT / content, CACHE, _settings()))


@task(help={"model": "a model that the `llm` library knows", "content": CONTENT_HELP, "limit": "comments to ask about"})
@_helps
def suggest(_: Context, model: str, content: str = "content", limit: str = "0") -> None:
    """Ask a language model for proposals, which `review` then shows (needs the library `llm`)."""
    number = _whole("limit", limit)
    with _plugin():
        from debate.desk.suggest import suggest_command

        _end(suggest_command(ROOT / content, CACHE, model, _settings(), limit=number or None))


@task(help={"path": "an mbox, a Maildir, an .eml file or a folder of them", "content": CONTENT_HELP})
@_helps
def inbox(_: Context, path: str, content: str = "content") -> None:
    """Turn replies that came by mail into comments held for moderation."""
    with _plugin():
        from debate.desk.inbox import inbox_command

        _end(inbox_command(ROOT / path, ROOT / content, _settings()))


@task(help={"content": CONTENT_HELP, "blocked": "file of words, one a line, that mark a comment as likely spam"})
def moderate(_: Context, content: str = "content", blocked: str = "") -> None:
    """Go through the comments held for moderation in the terminal: publish, delete, edit, skip, undo."""
    with _plugin():
        from debate.desk.moderate import moderate_command

        words = ROOT / blocked if blocked else None
        _end(moderate_command(ROOT / content, _settings(), blocked_words=words))


@task(
    help={
        "gold": "JSON Lines of text and label to measure on",
        "train": "JSON Lines to train a tagger from; left out: the built-in one",
        "json": "file for the figures",
        "by": "field of the lines that names a group; one tagger is trained a group",
    }
)
@_helps
def evaluate(_: Context, gold: str, train: str = "", json: str = "", by: str = "") -> None:
    """Measure a stance tagger on labelled texts."""
    with _plugin():
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
@_helps
def evaluate_key_points(_: Context, folder: str, split: str = "dev", json: str = "") -> None:
    """Measure key points and their matching on ArgKP."""
    with _plugin():
        from debate.frontmatter import write_whole
        from debate.summaries import evaluate_key_points as measure

        figures = measure(ROOT / folder, split)
        print("\n".join(f"{name:24} {value:.3f}" for name, value in figures.items()))
        if json:
            write_whole(ROOT / json, dumps(figures, indent=1) + "\n")


@task(help={"language": "code of a language to begin a catalogue for, such as fr or pt_BR"})
def translations(_: Context, language: str = "") -> None:
    """Bring the catalogues of translations up to date with templates and modules (docs/translating.md)."""
    with _plugin():
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
    _run(sys.executable, "benchmarks/builds.py", *(str(word) for pair in sizes for word in pair))


@task
def test(_: Context) -> None:
    """Run the tests, a process for each core; arguments after `--` go to pytest."""
    passed_on = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    # A file stays with one process, so that its sites are built once.
    _run(sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *passed_on)


@task
def lint(_: Context) -> None:
    """Check style and formatting with ruff."""
    _run(sys.executable, "-m", "ruff", "check", ".")
    _run(sys.executable, "-m", "ruff", "format", "--check", ".")


@task
def typecheck(_: Context) -> None:
    """Check types with mypy, strictly, in plugins/."""
    _run(sys.executable, "-m", "mypy")


@task(lint, typecheck, test)
def check(_: Context) -> None:
    """Run all that CI runs: lint, types, tests, a build for publishing (as example.org unless SITEURL is set)."""
    with _address("https://example.org"):
        publish(_)
