"""Lines of a blog page that are neither post nor comment: menus, sidebars, share bars, reply forms, controls."""

from __future__ import annotations

import re

from . import dates

_NUMBER = r"(?P<count>\d[\d,.]*|no|zero|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_KINDS = r"(?:thoughts?|comments?|responses?|repl(?:y|ies)|reactions?|opinions?)"
_HEADING = re.compile(
    rf"(?:there (?:are|is) )?{_NUMBER}\s+{_KINDS}(?:\s+(?:on|to|for|about|so far on)\s*:?\s*(?P<title>\S.*?))?"
    r"(?:\s+(?:so far|already|yet))?\s*[:.…↓»]*|(?:comments|responses|replies|discussion)"
    r"\s*(?:\((?P<bracketed>\d+)\))?\s*:?",
    re.IGNORECASE,
)
_LONGEST = 250
"""Characters of a line that may be furniture; longer ones are text, and are not searched."""

_QUOTES = "“”\"'‘’«»„‟″ "


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_SIDEBAR = _any(
    r"(?:recent|latest|newest|popular|top|featured|related|similar|more)\s+"
    r"(?:comments|posts|articles|entries|tweets|stories|news)",
    r"archives?|blog archive|tags?|tag cloud|categor(?:y|ies)|topics|labels|blogroll|(?:my )?blog ?list|followers|meta",
    r"pages|links|search(?: this (?:site|blog))?|about (?:me|the author)|contributors|navigation|(?:main )?menu",
    r"subscribe(?: (?:to|via|now|by).{0,40})?|follow(?: (?:me|us|by email).{0,30})?|view my complete profile",
    r"favou?rites|calendar|advertisements?|sponsors?",
)
_MENU = _any(
    r"skip to (?:main )?(?:content|navigation)|posted in .{0,200}|uncategorized|\(?edit\)?|permalink|pdf",
    r"(?:home|about|contact|blog|archives?|rss|login|log in|register|search)(?:\s*[|·•»/]\s*\S.{0,30})*",
    r"[«←‹<]+\s.{0,120}|.{0,120}\s[»→›>]+|(?:previous|next|newer|older)(?: (?:post|entry|article))?s?.{0,100}",
    r"print(?: this)?|e-?mail(?: this)?",
)
_SHARE = _any(
    r"(?:bookmark and |please )?share(?: (?:this|it|on|with|via)\b.{0,40})?:?(?: (?:and enjoy|this post))?",
    r"email thisblogthis!?.*|like this:?|like\s*loading\.*.*|loading\.*|(?:re)?tweet(?: this)?|pin(?:terest| it)?|\+1",
    r"be the first to like this.*|(?:\d+ )?(?:bloggers? )?likes? this.*|(?:share|click) (?:to|on) .{0,60}|add to any",
    r"facebook|twitter|linkedin|google\+?|reddit|digg|delicious|del\.icio\.us|stumbleupon|email|print|tumblr|pinterest",
    r"whatsapp|pocket|telegram|sociable.*|stumble ?it.*",
)
_POST_END = _any(
    r"(?:related|similar) (?:posts?|articles?|entries).*|you (?:may|might) also (?:like|enjoy).*|about the author",
    r"links to this post.*|share this:?|like this:?|(?:newer|older) posts?.*|subscribe to:.*|post navigation",
    r"filed (?:under|in):? .*|this entry was posted.*|posted by .{2,80} at \d.*|trackback.*|bookmark and share",
    r"comments (?:are|have been) closed.*|comments off.*|no comments:?",
)
_FORM = _any(
    r"(?:leave|post|add|write|submit|make)\s+(?:a |an |your |another )?(?:new )?"
    r"(?:reply|comment|response|thought)s?\b.{0,60}",
    r"share your thoughts.{0,20}|speak your mind.*|(?:join|continue) the (?:conversation|discussion).{0,20}",
    r"have your say.*",
    r"your email address will not be.*|fill in your details.*|required fields are marked.*|enter your comment.*",
    r"(?:you must be )?(?:please )?(?:log|logged|sign) ?in to (?:leave|post|comment|reply).*|you must be logged in.*",
    r"comments (?:are|have been) (?:now )?closed.*|links to this post.*|subscribe to:.*|newer posts?.*|older posts?.*",
    r"create a link|comment (?:navigation|form)|post navigation|(?:trackbacks?|pingbacks?)(?: .{0,60})?:?",
    r"no trackbacks.*|save my name.*",
    r"(?:name|e-?mail|website|url|comment)(?:\s*\(?(?:\*|required|optional).*)?:?|notify me (?:of|by|when).*",
    r"connecting to %s|this site uses akismet.*|cancel reply|you (?:may|can) use these html.*|commentluv.*",
    r"load more(?:\.*| comments)|rss feed for comments.*",
)
_CONTROL = _any(
    r"reply(?:\s*[↓→»])?|reply to .{1,60}|(?:reply)?delete|replies|hide replies|log ?in to reply.*|quote|edit|\(edit\)",
    r"permalink|link|#|like|likes?(?: \d+)?|\d+ likes?|liked by.*|loading\.*|flag|report(?: (?:abuse|comment))?|share",
    r"rate this.*|vote (?:up|down)|(?:\d+|one) ?(?:vote|point)s?|★+|says:?|avatar|gravatar|show more|collapse|expand",
)
_BYLINE = re.compile(
    rf"(?:(?:posted|published|written|submitted|last updated)\s*(?:on|:)?\s*)?(?:{dates.PATTERN})?[\s,|·•–-]*"
    r"(?:(?:(?:posted|written|published|submitted)\s+)?by:?\s+(?P<author>[^|·•,:0-9]{2,60}?))?"
    r"(?:\s*(?:[|·•,–-]|\b(?:in|at|on|under|filed)\b).{0,120})?",
    re.IGNORECASE,
)
_LABELS = re.compile(r"(?:labels|tags|tagged(?: (?:with|as))?)\s*:?\s+(?P<tags>\S.*)", re.IGNORECASE)
_FILED = re.compile(r"(?:filed (?:under|in)|posted in|categor(?:y|ies))\s*:?\s+(?P<names>[^|·•]+)", re.IGNORECASE)
_ICON = re.compile(r"^(?:PostHeaderIcon|PostIcon|Permalink to)\s+", re.IGNORECASE)


def heading(line: str) -> tuple[int | None, str] | None:
    """Return the count and the quoted title of a line that opens the comments; None for any other line."""
    match = _HEADING.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    if not match:
        return None
    count = match["count"] or match["bracketed"]
    return _count(count) if count else None, (match["title"] or "").strip(_QUOTES)


def without_icon(line: str) -> str:
    """Return a line without the text of the picture that some themes set before a title."""
    return _ICON.sub("", line.strip())


def byline(line: str) -> re.Match[str] | None:
    """Return the match of a line that gives the post's date or author and nothing else."""
    match = _BYLINE.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    dated = match and any(match[name] for name in ("year_last", "year_end", "year"))
    return match if match and (dated or match["author"]) else None


def labels(line: str) -> tuple[str, ...]:
    """Return the tags that a "Labels:" or "Tagged" line names."""
    match = _LABELS.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    return _names(match["tags"]) if match else ()


def categories(line: str) -> tuple[str, ...]:
    """Return the categories that a "Filed under" line names."""
    match = _FILED.match(line.strip()) if len(line) <= _LONGEST else None
    return _names(match["names"]) if match else ()


def is_sidebar(line: str) -> bool:
    """Say whether the line is the heading of a sidebar box."""
    return len(line) <= _LONGEST and bool(_SIDEBAR.fullmatch(line.strip(" \t:•*-»[]")))


def is_menu(line: str) -> bool:
    """Say whether the line belongs to a menu or to the neighbours of the post."""
    return len(line) <= _LONGEST and bool(_MENU.fullmatch(line.strip(" \t•*-")))


def is_share(line: str) -> bool:
    """Say whether the line belongs to a share bar."""
    return len(line) <= _LONGEST and bool(_SHARE.fullmatch(line.strip(" \t•*-")))


def ends_post(line: str) -> bool:
    """Say whether the post is over at this line, whatever stands above."""
    bare = line.strip()
    return (len(bare) <= _LONGEST and bool(_POST_END.fullmatch(bare))) or ends_comments(line) or is_sidebar(line)


def ends_comments(line: str) -> bool:
    """Say whether the comments are over at this line: a reply form, the links to neighbours."""
    bare = line.strip()
    return len(bare) <= _LONGEST and bool(_FORM.fullmatch(bare))


def is_control(line: str) -> bool:
    """Say whether the line is a button under a comment."""
    bare = line.strip(" \t•*-|·[]")
    return len(bare) <= _LONGEST and bool(_CONTROL.fullmatch(bare))


def _count(word: str) -> int:
    lowered = word.lower().replace(",", "").replace(".", "")
    if lowered.isdigit():
        return int(lowered)
    return 1 if lowered in ("a", "an") else _WORDS.index(lowered) if lowered in _WORDS else 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip(" .|"))))
