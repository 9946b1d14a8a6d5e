"""Measure the import of a large WordPress export: rate, memory, and what a killed run leaves.

    python3 benchmarks/import_wordpress.py [--megabytes 500] [--folder DIR] [--kill]

The export is generated (with the personal fields and metadata that real ones carry), imported by a process of its own,
and its peak memory read from the kernel. With `--kill` the import is killed again and again at growing times and the
files it left are checked before a last run completes it.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMENTS_A_POST = 200
WORDS = [
    "networks",
    "people",
    "meet",
    "online",
    "and",
    "in",
    "person",
    "because",
    "trust",
    "grows",
    "slowly",
    "over",
    "time",
    "when",
    "somebody",
    "listens",
]
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Bench</title><wp:wxr_version>1.2</wp:wxr_version>
"""
ITEM = """<item><title>Essay {n}</title>
<link>https://blog.example.org/essay-{n}/</link><dc:creator><![CDATA[ada]]></dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{n}</wp:post_id>
<wp:post_date>2020-01-01 10:00:00</wp:post_date>
<wp:post_date_gmt>2020-01-01 09:00:00</wp:post_date_gmt><wp:post_name>essay-{n}</wp:post_name>
<wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id>
<wp:comment_author><![CDATA[Reader {a}]]></wp:comment_author>
<wp:comment_author_email><![CDATA[reader{a}@example.org]]></wp:comment_author_email>
<wp:comment_author_url>https://example.org/{a}</wp:comment_author_url>
<wp:comment_author_IP><![CDATA[192.0.2.1]]></wp:comment_author_IP>
<wp:comment_date><![CDATA[2020-01-02 10:00:00]]></wp:comment_date>
<wp:comment_date_gmt><![CDATA[2020-01-02 09:00:00]]></wp:comment_date_gmt>
<wp:comment_content><![CDATA[{body}]]></wp:comment_content>
<wp:comment_approved><![CDATA[1]]></wp:comment_approved>
<wp:comment_type><![CDATA[comment]]></wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id>
<wp:commentmeta><wp:meta_key><![CDATA[akismet_as_submitted]]></wp:meta_key>
<wp:meta_value><![CDATA[{meta}]]></wp:meta_value></wp:commentmeta>
</wp:comment>
"""


def generate(path: Path, megabytes: int) -> int:
    """Write an export of about so many megabytes and return the number of its comments."""
    chance = random.Random(5)
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(20, 120))) for _ in range(500)]
    comments = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        post = 0
        while file.tell() < megabytes * 1_000_000:
            post += 1
            file.write(ITEM.format(n=post, body=f"<p>{chance.choice(texts)}</p>\n\n<p>{chance.choice(texts)}</p>"))
            for number in range(COMMENTS_A_POST):
                comments += 1
                parent = comments - chance.randint(1, number) if number and chance.random() < 0.5 else 0
                body = f'{chance.choice(texts)}, <a href="https://example.org/x">see</a>.\n\n<em>{chance.choice(texts)}</em>.'
                file.write(
                    COMMENT.format(id=comments, a=number, parent=parent, body=body, meta=chance.choice(texts) * 2)
                )
            file.write("</item>\n")
        file.write("</channel></rss>\n")
    return comments


def child(path: Path, into: Path) -> None:
    """Import and print the seconds, the processor seconds, the comments, the depth and the peak memory in MiB."""
    sys.path.insert(0, str(ROOT / "plugins"))
    from debate.importers import import_file

    start, processor = time.perf_counter(), time.process_time()
    report = import_file(path, into)
    seconds, busy = time.perf_counter() - start, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.2f} {busy:.2f} {report.comments} {report.comments_kept_before} {report.depth} {peak:.0f}")


def run(path: Path, into: Path, *, kill_after: float | None = None) -> list[str]:
    """Run the import in a process of its own, which is killed (SIGKILL) after so many seconds."""
    process = subprocess.Popen([sys.executable, __file__, "--child", path, into], stdout=subprocess.PIPE, text=True)
    try:
        out, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return []
    return out.split()


def check_whole(into: Path) -> tuple[int, int, int]:
    """Return the files, those that are not whole (no head, no body), and the leftovers of unfinished writes."""
    files = broken = 0
    for path in into.rglob("*.md"):
        files += 1
        head, separator, body = path.read_text(encoding="utf-8").partition("\n\n")
        broken += not (separator and body.endswith("\n") and head.startswith(("Author:", "Title:")))
    return files, broken, len(list(into.rglob("*.part")))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--child", nargs=2, type=Path)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    source, into = folder / "export.xml", folder / "content"
    comments = generate(source, options.megabytes)
    print(f"export: {source.stat().st_size / 1e6:.0f} MB, {comments} comments")
    for number in range(1, 6 if options.kill else 1):
        run(source, into, kill_after=number * options.megabytes / 50)
        print("killed: {} files, {} not whole, {} unfinished aside".format(*check_whole(into)))
    seconds, busy, written, before, depth, peak = run(source, into)
    print(f"import: {written} comments written, {before} there before, depth {depth}")
    print(f"  {seconds} s, {int(written) / float(seconds):.0f} comments/s, peak memory {peak} MiB")
    print(f"  {busy} s of processor time, {int(written) / float(busy):.0f} comments/s on one core of its own")
    print("  {} files, {} not whole, {} unfinished aside".format(*check_whole(into)))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
