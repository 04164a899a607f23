"""RFC 3339 timestamps: reading them, and saying what is wrong with one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from seedlint.wording import names, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedlint.document import Document

_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\Z"
)
# Most timestamps, with a calendar simple enough for a pattern: 29 February is left out.
_ORDINARY = re.compile(
    r"[12][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z\Z"
)
_EARLIEST = datetime.min.replace(tzinfo=timezone.utc)


def is_timestamp(text: str) -> bool:
    """Whether a text is an RFC 3339 timestamp."""
    return _ORDINARY.match(text) is not None or instant(text) is not None


def ordinary_timestamps(document: Document) -> list[str] | None:
    """All publishing times, if they are in UTC to the second, in the usual spelling.

    As texts they then compare as the moments they name. To be asked for by
    ``document.memo(ordinary_timestamps)``.
    """
    texts = document.strings("published-at")
    return texts if all(map(_ORDINARY.match, texts)) else None


def instant(text: str) -> datetime | None:
    """The moment an RFC 3339 timestamp names, in UTC; ``None`` if it is not one.

    A leap second is the second before it; what falls outside the years 1 to 9999, which
    is legal, is the nearest moment inside them.
    """
    if _RFC_3339.match(text) is None:
        return None
    if text.startswith("0000"):  # a leap year, as 2000 is
        return _EARLIEST if instant(f"2000{text[4:]}") is not None else None
    leap = text[17:19] == "60"
    try:
        moment = datetime.fromisoformat(f"{text[:10]} {text[11:17]}{'59' if leap else text[17:19]}")
        offset = _offset(text)
    except ValueError:
        return None
    try:
        moment -= offset
    except OverflowError:
        moment = datetime.min if offset > timedelta(0) else datetime.max
    # What lies outside the years cannot be shown to be the wrong place for a leap second.
    if leap and moment.year not in (1, 9999) and (moment.hour, moment.minute) != (23, 59):
        return None
    return moment.replace(tzinfo=timezone.utc)


def _offset(text: str) -> timedelta:
    if text[-1] in "Zz":
        return timedelta(0)
    hours, minutes = int(text[-5:-3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        raise ValueError
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text[-6] == "-" else size


def fault(text: str) -> str | None:
    """What keeps a text from being an RFC 3339 timestamp, as the end of "it …"."""
    if is_timestamp(text):
        return None
    stripped = text.strip()
    if not stripped:
        return "is empty"
    near = re.match(_NEAR, stripped, re.DOTALL)
    if near is None:
        form = next((form for pattern, form in _FORMS if re.match(pattern, stripped)), None)
        return f"is {form}" if form else "does not begin with a date in the form YYYY-MM-DD"
    faults = [] if text == stripped else ["white space around it"]
    faults += _date_faults(near)
    faults += _time_faults(near) if near["hour"] else ["no time and no UTC offset"]
    return f"has {names(faults, 'and')}"


class Rewritten(NamedTuple):
    """A timestamp written as RFC 3339; ``is_determined`` unless UTC had to be assumed."""

    text: str
    is_determined: bool


def rewritten(text: str) -> Rewritten | None:
    """What a text that is no RFC 3339 timestamp says, as one.

    Precision and offset stay as they are. ``None`` where the text does not name a date and,
    if it goes on, a time that exist, or names a zone that is not an offset.
    """
    near = re.match(_NEAR, re.sub(_BASIC, _extended, text.strip()), re.DOTALL)
    if near is None:
        return None
    date = f"{near['year']}-{near['month']:0>2}-{near['day']:0>2}"
    time = _rewritten_time(near) if near["hour"] else "T00:00:00"
    zone = _rewritten_zone(near["zone"])
    result = f"{date}{time}{zone}"
    return Rewritten(result, near["zone"] is not None) if is_timestamp(result) else None


def _extended(basic: re.Match[str]) -> str:
    year, _, month, day, hour, minute, second = basic.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"


def _rewritten_time(near: re.Match[str]) -> str:
    separator = near["separator"].strip() or "T"
    second, fraction = near["second"], near["fraction"] or ""
    if separator not in ("T", "t", "_") or (second is None and fraction):
        return ""  # a fraction of a minute, or nothing known
    digits = fraction[1:]
    return (
        f"{'t' if separator == 't' else 'T'}{near['hour']:0>2}:{near['minute']:0>2}"
        f":{second or '00':0>2}{f'.{digits}' if digits else ''}"
    )


def _rewritten_zone(zone: str | None) -> str:
    if zone is None:
        return "Z"
    zone = zone.strip()
    if zone.upper() in ("UTC", "GMT"):
        return "Z"
    offset = re.fullmatch(_LOOSE_OFFSET, zone)
    if offset is None:
        return zone
    sign, hours, minutes = offset.groups()
    return f"{'+' if sign == '+' else '-'}{hours}:{minutes or '00'}"


# Only a faulty timestamp needs the patterns below: none is compiled before that.
_BASIC = (
    r"\A([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})[Tt ]([0-9]{2})([0-9]{2})"
    r"(?:([0-9]{2})|(?![.,]))(?![0-9:])"
)
_LOOSE_OFFSET = "([+\u2212-])([0-9]{2})(?::?([0-9]{2}))?"
_NEAR = (
    r"(?P<year>[0-9]{1,6})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:(?P<separator>[^0-9]{1,3})(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})"
    r"(?::(?P<second>[0-9]{1,2}))?(?P<fraction>[.,][0-9]*)?(?P<zone>[^0-9].*)?)?\Z"
)
_FORMS = (
    (r"[0-9]{4}-?W[0-9]{2}", "a week date"),
    (r"[0-9]{4}-[0-9]{3}(?![0-9])", "a day of the year"),
    (r"[0-9]{8}T[0-9]{4}", "in the basic form, without - and :"),
    (r"[0-9]+(?:\.[0-9]+)?\Z", "a bare number"),
    (r"[0-9]{1,2}:[0-9]{2}", "a time without a date"),
    (r"[0-9]{4}-[0-9]{2}\Z", "a month without a day"),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{4}", "a time without colons"),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", "a date with something else than a time after it"),
)
_OFFSET = r"[Zz]|[+-](?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2})"


def _date_faults(near: re.Match[str]) -> Iterator[str]:
    from calendar import month_name, monthrange

    year, month, day = near["year"], near["month"], near["day"]
    if len(year) != 4:
        yield "a year without four digits"
    if len(month) != 2 or len(day) != 2:
        yield "a month or day without two digits"
    if not 1 <= int(month) <= 12:
        yield f"month {month} (01 to 12 exist)"
        return
    days = monthrange(int(year) % 400 + 2000, int(month))[1]  # the calendar's period
    if not 1 <= int(day) <= days:
        yield f"no such date ({month_name[int(month)]} {year} has {days} days)"


def _time_faults(near: re.Match[str]) -> Iterator[str]:
    separator, fraction = near["separator"], near["fraction"]
    if separator not in ("T", "t"):
        yield f"{'a space' if separator == ' ' else quote(separator)} instead of T"
    if len(near["hour"]) != 2 or len(near["minute"]) != 2 or len(near["second"] or "00") != 2:
        yield "a time part without two digits"
    if int(near["hour"]) > 23:
        yield f"hour {near['hour']} (00 to 23 exist)"
    if int(near["minute"]) > 59:
        yield f"minute {near['minute']} (00 to 59 exist)"
    yield from _second_faults(near)
    if fraction is not None and fraction[0] == ",":
        yield "a decimal comma instead of a point"
    elif fraction == ".":
        yield "a decimal point without digits"
    yield from _zone_faults(near["zone"])


def _second_faults(near: re.Match[str]) -> Iterator[str]:
    second = near["second"]
    if second is None:
        yield "no seconds"
    elif int(second) > 60:
        yield f"second {second} (00 to 59 exist)"
    elif int(second) == 60 and _RFC_3339.match(near.string.strip()):
        # A text that is wrong in the pattern too is told that first.
        text = near.string.strip()
        if instant(f"{text[:17]}59{text[19:]}") is not None:
            yield "a leap second that is not at 23:59:60 UTC"


def _zone_faults(zone: str | None) -> Iterator[str]:
    if zone is None:
        yield "no UTC offset"
        return
    offset = re.fullmatch(_OFFSET, zone.lstrip())
    if offset is None:
        yield _wrong_offset(zone.lstrip())
        return
    if zone[0].isspace():
        yield "a space before the offset"
    if offset["hours"] and (int(offset["hours"]) > 23 or int(offset["minutes"]) > 59):
        yield f"offset {zone.lstrip()} (at most 23:59 exists)"


def _wrong_offset(zone: str) -> str:
    if re.fullmatch(r"[+-][0-9]{4}", zone):
        return f"an offset without a colon, {quote(zone)}"
    if re.fullmatch(r"[+-][0-9]{1,2}", zone):
        return f"an offset without minutes, {quote(zone)}"
    if re.fullmatch(r"(?i:[ap]\.?m\.?)", zone):
        return f"{quote(zone)}, of a clock of 12 hours, instead of an offset"
    if re.match(r"[A-Za-z]{2}", zone):
        return f"a zone name, {quote(zone)}, instead of an offset"
    return f"{quote(zone)} instead of an offset"
