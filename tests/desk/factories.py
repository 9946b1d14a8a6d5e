"""A small site, a tagger that says what its texts tell it, and a terminal whose keys were typed beforehand."""

from __future__ import annotations

from pathlib import Path

from debate.contents import StanceTag
from debate.desk.terminal import Terminal

LABELS = ("yes", "both", "no", "none")

DEBATE = """\
key = "tea"
question = "Does milk go in first?"
opposites = ["yes", "no"]
none_name = "takes no side"
model = "tea"

[[stances]]
key = "yes"
name = "Milk first"
meaning = "The milk goes in before the tea."
colour = "sky"

[[stances]]
key = "both"
name = "Either way"
meaning = "It makes no difference."
colour = "plum"

[[stances]]
key = "no"
name = "Tea first"
meaning = "The tea goes in before the milk."
colour = "amber"
"""


class FakeTagger:
    """Tag "LABEL 80: words" as LABEL with 80 %; under 50 % it is not sure. The first sentence is the evidence."""

    name, version, labels, figures = "fake", "1", LABELS, {}

    def tag(self, texts):
        return [self._tag(text) for text in texts]

    def _tag(self, text):
        label, percent = text.split(":")[0].split()
        confidence = int(percent) / 100
        rest = (1 - confidence) / (len(LABELS) - 1)
        probabilities = {each: confidence if each == label else rest for each in LABELS}
        sure = confidence >= 0.5
        return StanceTag(
            label if sure else None, confidence, probabilities, (text.split(".")[0] + ".",) if sure else ()
        )


class Typed:
    """A terminal where the keys given are pressed one after the other; `text` is what it showed."""

    def __init__(self, keys: str = "") -> None:
        self._keys = iter(keys)
        self.text = ""

    def _write(self, text: str) -> None:
        self.text += text

    @property
    def terminal(self) -> Terminal:
        return Terminal(lambda: next(self._keys, ""), self._write, 80)


def make_site(root: Path, comments: dict[str, str | bytes], essays: tuple[str, ...] = ("cups",)) -> Path:
    """Write a content folder with essays of one debate; `comments` maps "slug/id" to a file's text or bytes."""
    content = root / "content"
    for slug in essays:
        write(content / "essays" / f"{slug}.md", f"Title: About {slug}\nSlug: {slug}\nDebate: tea\n\nText.\n")
    write(content / "debates" / "tea.toml", DEBATE)
    write(content / "debates" / "tea", "stands for a model that FakeTagger is used in place of")
    for name, text in comments.items():
        write(content / "comments" / f"{name}.md", text)
    return content


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
