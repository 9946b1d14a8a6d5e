"""Run a real Isso server, post a discussion by HTTP, and import its database while the server runs.

    python benchmarks/try_isso.py [--isso PATH]

Without --isso it installs Isso into a throw-away environment. Exit code 0 means: the tables and columns that
`importers/isso` asks for are there, the published comments arrive with their thread, the one that waits and the one
that was deleted do not, and no address is written.
"""
# A script that starts the program it is about and prints what it found:

from __future__ import annotations

import argparse
import json
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))

THREADS = {"id", "uri", "title"}
COMMENTS = {"id", "tid", "parent", "created", "modified", "mode", "remote_addr", "text", "author", "email", "website"}
PAGE = "/is-it-real/"
CONFIG = """\
[general]
dbpath = {folder}/comments.db
host = http://127.0.0.1:{port}/
[server]
listen = http://127.0.0.1:{port}/
[guard]
enabled = false
[moderation]
enabled = {moderation}
"""


def main() -> int:
    """Try it and say what was found; return 0 if all of it was as expected."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--isso", type=Path, help="the isso program, if it is installed already")
    given = parser.parse_args().isso
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checks = trial(given or install(folder / "env"), folder)
    for words, right in checks.items():
        print("ok  " if right else "FAIL", words)
    return 0 if all(checks.values()) else 1


def install(folder: Path) -> Path:
    """Return the isso program of a new environment."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", "isso"], check=True)
    return folder / "bin" / "isso"


def trial(isso: Path, folder: Path) -> dict[str, bool]:
    """Post, delete, hold, import, import again; return what was expected and whether it came so."""
    with server(isso, folder, moderation=False) as address:
        parent = post(
            address,
            text="Online ties are **real**.",
            author="Ada",
            email="ada@example.org",
            website="https://example.org/",
        )
        post(address, text="Not to me.", author="Bo", parent=parent["id"])
        gone = post(address, text="To be deleted.", author="Cy")
        delete(address, gone)
        first = imported(folder)
        checks = columns(folder) | contents(folder, first)
    with server(isso, folder, moderation=True) as address:
        post(address, text="This one waits.", author="Di")
        checks |= {
            "a comment that waits in Isso is not imported": imported(folder) == first,
            "a second import changes nothing": imported(folder) == first,
        }
    return checks


def columns(folder: Path) -> dict[str, bool]:
    """Say whether the tables have the columns the importer asks for."""
    connection = sqlite3.connect(f"file:{folder}/comments.db?mode=ro", uri=True)
    tables = {
        name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in ("threads", "comments")
    }
    connection.close()
    print("threads:", *sorted(tables["threads"]), "\ncomments:", *sorted(tables["comments"]))
    return {
        "threads has id, uri, title": tables["threads"] >= THREADS,
        "comments has the columns of the importer": tables["comments"] >= COMMENTS,
    }


def contents(folder: Path, files: dict[str, str]) -> dict[str, bool]:
    """Say whether what was posted arrived, and nothing else."""
    from debate.readers import read_comments

    print(*(f"--- {name}\n{text}" for name, text in sorted(files.items())), sep="")
    comments = read_comments(folder / "content" / "comments", {}.get).get("is-it-real", ())
    by_author = {comment.author: comment for comment in comments if comment.status == "published"}
    everything = "".join(files.values())
    return {
        "the published comments arrive": set(by_author) == {"Ada", "Bo"},
        "the reply hangs under its parent": bool(by_author) and by_author["Bo"].in_reply_to == by_author["Ada"].id,
        "every comment has its date": all(comment.date for comment in comments),
        "a deleted comment's words are gone": "To be deleted" not in everything,
        "no mail and no network address is written": "@" not in everything and "127.0.0" not in everything,
    }


def imported(folder: Path) -> dict[str, str]:
    """Import the database while the server runs; return the comment files by name."""
    from debate.importers.importing import import_file

    content = folder / "content"
    essay = content / "essays" / "is-it-real.md"
    essay.parent.mkdir(parents=True, exist_ok=True)
    essay.write_text("Title: Is it real?\nSlug: is-it-real\n\nText.\n", encoding="utf-8")
    import_file(folder / "comments.db", content)
    return {path.name: path.read_text(encoding="utf-8") for path in (content / "comments").rglob("*.md")}


@contextmanager
def server(isso: Path, folder: Path, *, moderation: bool):
    """Run Isso on a free port of this machine; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "isso.cfg"
    config.write_text(CONFIG.format(folder=folder, port=port, moderation=str(moderation).lower()), encoding="utf-8")
    with (folder / "isso.log").open("a") as log:
        process = subprocess.Popen([isso, "-c", config, "run"], stdout=log, stderr=log)
        try:
            wait_for(port, process, folder / "isso.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, 20 seconds at most."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"Isso did not start:\n{log.read_text()}")


def post(address: str, **fields: object) -> dict:
    """Post a comment as the browser would; return Isso's answer with the cookie that allows deleting it."""
    body = json.dumps({"title": "Is it real?", **fields}).encode()
    request = urllib.request.Request(f"{address}/new?uri={PAGE}", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return {**json.load(response), "cookie": SimpleCookie(response.headers["Set-Cookie"])}


def delete(address: str, comment: dict) -> None:
    """Delete a comment as its author would."""
    value = comment["cookie"][str(comment["id"])].coded_value
    headers = {"Cookie": f"{comment['id']}={value}", "Content-Type": "application/json"}
    urllib.request.urlopen(
        urllib.request.Request(f"{address}/id/{comment['id']}", None, headers, method="DELETE"), timeout=10
    )


if __name__ == "__main__":
    sys.exit(main())
