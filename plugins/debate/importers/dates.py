"""Dates as export files and blog pages write them; what is missing or ambiguous stays missing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:\s*(?:at|@|,|\||-|–|—|·)?\s*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*\(?(?P<zone>UTC|GMT|Z)\b\)?|\s*\(?[A-Z]{3,4}\b\)?)?)?"
)
PATTERN = (
    rf"{_WEEKDAY}(?:{_MONTH.format('month_first')}\s+(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_last>\d{{4}})"
    rf"|(?P<day_first>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH.format('month_second')},?\s+(?P<year_end>\d{{4}})"
    rf"|(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})){_TIME}"
)
"""A written date with an optional time, as a part of larger patterns (named groups: use it once in each)."""

_WRITTEN = re.compile(PATTERN, re.IGNORECASE)


def written(text: str) -> date | None:
    """Return the first English or ISO date in the text: a datetime where a time stands beside it, else a date."""
    match = _WRITTEN.search(text)
    return from_match(match) if match else None


def from_match(match: re.Match[str]) -> date | None:
    """Return the date that a match of a pattern built on `PATTERN` names, None where there is no such day."""
    groups = match.groupdict()
    year = next(int(groups[name]) for name in ("year_last", "year_end", "year") if groups[name])
    day = next(int(groups[name]) for name in ("day_second", "day_first", "day") if groups[name])
    name = groups["month_first"] or groups["month_second"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(groups["month"])
    try:
        return _with_time(date(year, month, day), groups)
    except ValueError:
        return None


def iso(text: str | None) -> datetime | None:
    """Return an ISO 8601 time; one without an offset stays without one, the year 0 and the epoch count as missing."""
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found if found.year > 1970 else None


def utc(text: str | None) -> datetime | None:
    """Return an ISO 8601 time of a system that keeps UTC and may not say so."""
    found = iso(text)
    return found.replace(tzinfo=UTC) if found and not found.tzinfo else found


def rfc822(text: str | None) -> datetime | None:
    """Return the time of an RSS `pubDate`."""
    try:
        found = parsedate_to_datetime((text or "").strip())
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.year > 1970 else None


def local(local_text: str | None, gmt_text: str | None) -> datetime | None:
    """Return WordPress's local time with the offset that its GMT twin gives away; `0000-00-00` counts as missing.

    The difference is an offset only if it is a whole quarter of an hour and no zone is further away than 14 hours.
    """
    here, there = iso(local_text), iso(gmt_text)
    if not here or not there or here.tzinfo or there.tzinfo:
        return there.replace(tzinfo=there.tzinfo or UTC) if there and not here else here
    offset = here - there
    if abs(offset) <= timedelta(hours=14) and not offset.total_seconds() % 900:
        return here.replace(tzinfo=timezone(offset))
    return there.replace(tzinfo=UTC)


def epoch(seconds: object) -> datetime | None:
    """Return the UTC time of a Unix time stamp."""
    if not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _with_time(day: date, groups: dict[str, str | None]) -> date:
    if not groups["hour"]:
        return day
    hour = int(groups["hour"])
    if half := (groups["half"] or "").lower():
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    found = datetime(day.year, day.month, day.day, hour, int(groups["minute"] or 0), int(groups["second"] or 0))
    return found.replace(tzinfo=UTC) if groups["zone"] else found
