"""RFC 3339: which timestamps are legal, and what is said of the others."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedlint.timestamps import fault, instant, is_timestamp, rewritten

LEGAL = [
    "2020-02-02T18:19:00Z",
    "2020-02-02t18:19:00z",
    "2020-02-29T00:00:00Z",
    "2020-01-31T23:59:59.123456789+05:30",
    "1969-07-20T20:17:40-00:00",
    "0000-02-29T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "1998-12-31T23:59:60Z",
    "1998-12-31T15:59:60.5-08:00",
    "2017-01-01T00:59:60+01:00",
]

ILLEGAL = {
    "": "is empty",
    "  ": "is empty",
    "2020-02-02": "has no time and no UTC offset",
    "2020-02-30": "has no such date (February 2020 has 29 days) and no time and no UTC offset",
    "2020-02-02T18:19:00": "has no UTC offset",
    "2020-02-02T18:19Z": "has no seconds",
    "2020-02-02T18:19": "has no seconds and no UTC offset",
    "2020-02-02 18:19:00Z": "has a space instead of T",
    "2020-02-02_18:19:00Z": 'has "_" instead of T',
    "2020-02-02 18:19": "has a space instead of T, no seconds and no UTC offset",
    "2020-02-02T18:19:00+0100": 'has an offset without a colon, "+0100"',
    "2020-02-02T18:19:00+01": 'has an offset without minutes, "+01"',
    "2020-02-02T18:19:00 +01:00": "has a space before the offset",
    "2020-02-02T18:19:00+25:00": "has offset +25:00 (at most 23:59 exists)",
    "2020-02-02T18:19:00+01:60": "has offset +01:60 (at most 23:59 exists)",
    "2020-02-02T18:19:00 GMT": 'has a zone name, "GMT", instead of an offset',
    "2020-02-02T18:19:00ZZ": 'has a zone name, "ZZ", instead of an offset',
    "2020-02-02T18:19:00−01:00": 'has "−01:00" instead of an offset',
    "2020-02-02T18:19:00,5Z": "has a decimal comma instead of a point",
    "2020-02-02T18:19:00.Z": "has a decimal point without digits",
    "2021-02-29T00:00:00Z": "has no such date (February 2021 has 28 days)",
    "1900-02-29T00:00:00Z": "has no such date (February 1900 has 28 days)",
    "2020-04-31T00:00:00Z": "has no such date (April 2020 has 30 days)",
    "2020-13-01T00:00:00Z": "has month 13 (01 to 12 exist)",
    "2020-02-00T00:00:00Z": "has no such date (February 2020 has 29 days)",
    "2020-02-02T24:00:00Z": "has hour 24 (00 to 23 exist)",
    "2020-02-02T18:60:00Z": "has minute 60 (00 to 59 exist)",
    "2020-02-02T18:19:61Z": "has second 61 (00 to 59 exist)",
    "2020-02-02T18:19:60Z": "has a leap second that is not at 23:59:60 UTC",
    "1998-12-31T23:59:60+01:00": "has a leap second that is not at 23:59:60 UTC",
    "2020-2-2T18:19:00Z": "has a month or day without two digits",
    "2020-02-02T8:19:00Z": "has a time part without two digits",
    "20-02-02T18:19:00Z": "has a year without four digits",
    "+2020-02-02T18:19:00Z": "does not begin with a date in the form YYYY-MM-DD",
    " 2020-02-02T18:19:00Z": "has white space around it",
    "2020-02-02T18:19:00Z\n": "has white space around it",
    "2020-W05-7T18:19:00Z": "is a week date",
    "2020W057": "is a week date",
    "2020-033T18:19:00Z": "is a day of the year",
    "20200202T181900Z": "is in the basic form, without - and :",
    "2020-02-02T1819Z": "is a time without colons",
    "1580667540": "is a bare number",
    "18:19:00": "is a time without a date",
    "2020-02": "is a month without a day",
    "2020-02-02 at 18:19:00Z": "is a date with something else than a time after it",
    "2020-02-02T18.19.00Z": "is a date with something else than a time after it",
    "2020-02-02T18Z": "is a date with something else than a time after it",
    "2020-02-02T18:19:00 p.m.": ('has "p.m.", of a clock of 12 hours, instead of an offset'),
    "02/02/2020": "does not begin with a date in the form YYYY-MM-DD",
    "yesterday": "does not begin with a date in the form YYYY-MM-DD",
    "２０２０-02-02T18:19:00Z": "does not begin with a date in the form YYYY-MM-DD",
}


DETERMINED = {
    "2020-02-02 18:19:00Z": "2020-02-02T18:19:00Z",
    "2020-02-02_18:19:00Z": "2020-02-02T18:19:00Z",
    "2020-02-02 T 18:19:00 z": "2020-02-02T18:19:00z",
    "2020-02-02t18:19z": "2020-02-02t18:19:00z",
    "2020-02-02T18:19:00+0100": "2020-02-02T18:19:00+01:00",
    "2020-02-02T18:19:00-01": "2020-02-02T18:19:00-01:00",
    "2020-02-02T18:19:00 +01:00": "2020-02-02T18:19:00+01:00",
    "2020-02-02T18:19:00\u221201:30": "2020-02-02T18:19:00-01:30",
    "2020-02-02T18:19:00,120Z": "2020-02-02T18:19:00.120Z",
    "2020-02-02T18:19:00.Z": "2020-02-02T18:19:00Z",
    "2020-02-02T18:19:00 GMT": "2020-02-02T18:19:00Z",
    "2020-02-02 18:19 utc": "2020-02-02T18:19:00Z",
    "2020-2-2T8:9:5Z": "2020-02-02T08:09:05Z",
    " 2020-02-02T18:19:00Z\n": "2020-02-02T18:19:00Z",
    "20200202T181900Z": "2020-02-02T18:19:00Z",
    "20200202t181900,5+0530": "2020-02-02T18:19:00.5+05:30",
    "20200202 1819-08": "2020-02-02T18:19:00-08:00",
    "2020-02-02T1819Z": "2020-02-02T18:19:00Z",
    "2016-12-31T23:59:60+0000": "2016-12-31T23:59:60+00:00",
}
ASSUMED = {
    "2020-02-02": "2020-02-02T00:00:00Z",
    "2020-2-2": "2020-02-02T00:00:00Z",
    "2020-02-02T18:19:00": "2020-02-02T18:19:00Z",
    "2020-02-02 18:19": "2020-02-02T18:19:00Z",
    "2020-02-02 18:19:00,25": "2020-02-02T18:19:00.25Z",
    "20200202T181900": "2020-02-02T18:19:00Z",
}
UNKNOWN = [
    "",
    " ",
    "2020-02-30",
    "2021-02-29 00:00:00Z",
    "2020-13-01",
    "2020-02-02 24:00:00Z",
    "2020-02-02 18:60Z",
    "2020-02-02T18:19:61Z",
    "2020-02-02T18:19:60Z",
    "1998-12-31 23:59:60+01",
    "2020-02-02T18:19:00+2500",
    "2020-02-02T18:19:00.120,Z",
    "2020-02-02T18:19:00+01:60",
    "2020-02-02T18:19:00 CET",
    "2020-02-02 8:19 PM",
    "2020-02-02T18:19:00ZZ",
    "2020-02-02T18:19:00+1",
    "2020-02-02T18:19:00+530",
    "2020-02-02T18:19:00UTC+1",
    "2020-02-02T18:19.5Z",
    "20200202T1819.5Z",
    "20200202T18193Z",
    "2020-02-02-18:19:00Z",
    "2020-02-02Tt18:19:00Z",
    "20-02-02T18:19:00Z",
    "12020-02-02T18:19:00Z",
    "20200202",
    "2020-W05-7T18:19:00Z",
    "2020-033T18:19:00Z",
    "2020-02",
    "02/02/2020",
    "1580667540",
    "18:19:00",
    "yesterday",
    "２０２０-02-02 18:19:00Z",
]


@pytest.mark.parametrize("text", DETERMINED)
def test_what_names_one_moment_is_rewritten(text: str) -> None:
    assert rewritten(text) == (DETERMINED[text], True)


@pytest.mark.parametrize("text", ASSUMED)
def test_where_something_is_missing_it_is_assumed(text: str) -> None:
    assert rewritten(text) == (ASSUMED[text], False)


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_names_no_moment_is_not_rewritten(text: str) -> None:
    assert rewritten(text) is None


@pytest.mark.parametrize("text", LEGAL)
def test_legal(text: str) -> None:
    assert is_timestamp(text)
    assert instant(text) is not None
    assert fault(text) is None


@pytest.mark.parametrize("text", ILLEGAL)
def test_illegal(text: str) -> None:
    assert not is_timestamp(text)
    assert instant(text) is None
    assert fault(text) == ILLEGAL[text]


def test_instants_are_comparable() -> None:
    assert instant("2020-02-02T18:19:00+01:00") == datetime(2020, 2, 2, 17, 19, tzinfo=timezone.utc)
    assert instant("0001-01-01T00:00:00+23:59") == datetime.min.replace(tzinfo=timezone.utc)
    assert instant("9999-12-31T23:59:59-23:59") == datetime.max.replace(tzinfo=timezone.utc)


@given(st.datetimes())
def test_every_moment_is_legal_as_written_by_python(moment: datetime) -> None:
    text = moment.replace(microsecond=0, tzinfo=timezone.utc).isoformat()
    assert instant(text) == moment.replace(microsecond=0, tzinfo=timezone.utc)
    assert is_timestamp(text.replace("+00:00", "Z"))


@given(
    st.from_regex(
        r"\A ?[0-9]{4}-[0-9]{1,3}-?[0-9]{0,2}[Tt _]?[0-9]{0,2}:?[0-9]{0,2}:?[0-9]{0,2}"
        r"[.,]?[0-9]{0,3}(Z|[+-][0-9]{2}:?[0-9]{0,2})?\Z"
    )
)
def test_what_is_not_legal_is_explained(text: str) -> None:
    said = fault(text)
    assert (said is None) == is_timestamp(text) == (instant(text) is not None)
    assert said is None or len(said) > len("has ")
    new = rewritten(text)
    assert new is None or is_timestamp(new.text)
