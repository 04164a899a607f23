"""Sizes in image URLs: what contradicts a declared size, and what must not."""

from __future__ import annotations

from time import process_time

import pytest

from seedlint.imagesize import contradicted, may_hint

AGREEING = [
    # Nothing said.
    ("https://a.example/harbour.jpg", 640, 480),
    ("https://a.example/harbour.jpg?20200220143955", 640, 480),
    # As written.
    ("https://cdn0.example/files/2020/01/Facial-796x420.jpg", 796, 420),
    ("https://a.example/static/1280x720/match/image.jpg", 1280, 720),
    ("https://a.example/5e32?width=1200&format=jpeg", 1200, 900),
    ("https://a.example/qwk=/1200x800/smart/filters:cb(1)/https://b.example/c.jpg", 1200, 800),
    ("https://a.example/p.jpg?resize=300,200", 300, 200),
    ("https://a.example/p.jpg?resize=300%2C200", 300, 200),
    ("https://a.example/p.jpg?resize=640:*", 640, 427),
    (
        "https://a.example/fetch/w_1200,h_600,c_fill,f_auto/https%3A%2F%2Fb.example%2Fc.png",
        1200,
        600,
    ),
    ("/assets/images/harbour-50x50.jpg", 50, 50),
    # Rounded.
    ("https://a.example/p-1000x563.jpg", 1000, 562),
    # Zero and nothing are automatic.
    ("https://a.example/hash=/1200x0/b.example/public/52R5.jpg", 1200, 675),
    ("https://a.example/imageserve/0x0.jpg", 960, 640),
    ("https://a.example/imageserve/960x0.jpg?fit=scale", 960, 640),
    # Made to fit: may be smaller.
    (
        "https://a.example/thumbor/fit-in/1200x0/filters%3Af/https%3A%2F%2Fb.example%2F0x0.jpg",
        960,
        640,
    ),
    ("https://a.example/p.jpg?fit=scale-down&width=500", 400, 300),
    ("https://a.example/p.jpg?fit=1200,630", 800, 600),
    ("https://i0.wp.com/b.example/p.jpg?w=1200", 1000, 750),
    ("https://a.example/p.jpg?quality=90&strip=all&w=1200", 1000, 750),
    ("https://a.example/resize/1200x800%3E/p.jpg", 900, 700),
    ("https://a.example/1280x720/match/image.jpg", 1280, 640),
    ("https://i.a.example/736x/3c/f5/p.jpg", 736, 920),
    ("https://a.example/image/c_limit,w_1200/p.jpg", 1000, 750),
    ("https://a.example/p.jpg?w=1260&h=750", 1125, 750),
    ("https://cdn.shopify.com/s/files/1/01/articles/ferry_1200x1200.jpg?v=1580", 1200, 800),
    ("https://shop.example/cdn/shop/articles/ferry_1024x1024.jpg?v=1580", 1024, 683),
    ("https://a.example/images/ferry.2e16d0ba.max-1000x1000.jpg", 1000, 667),
    ("https://a.example/images/ferry_fit_1200x630.jpg", 1120, 630),
    ("https://a.example/wp-content/uploads/2020/01/ferry.jpg?w=1000&h=563&crop=1", 910, 511),
    ("https://a.example/wp-content/uploads/2020/01/ferry.jpg?resize=1200,600", 1000, 500),
    ("https://a.example/_next/image?url=%2Fferry.jpg&w=3840&q=75", 1200, 630),
    # Laid over the picture.
    ("https://a.example/image/upload/l_logo,w_100/v1/ferry.jpg", 600, 400),
    ("https://a.example/image/upload/u_paper,h_200,w_300/v1/ferry.jpg", 600, 400),
    # Ratios, numbers, dates, posters.
    ("https://i.example/derivatives/16x9_620/china.JPG", 620, 349),
    ("https://i.example/16x9/china.jpg", 620, 349),
    ("https://a.example/neurons-582050_1280-brain.jpg", 1068, 712),
    ("https://a.example/neurons-582050x2.jpg", 1068, 712),
    ("https://a.example/2020x01/p-2020x01.jpg", 640, 480),
    ("https://a.example/p-24x36.jpg", 640, 960),
    ("https://a.example/best-3840x2160-wallpapers.jpg", 1200, 675),
    ("https://a.example/?h=53024&itok=1", 1200, 675),
    # Cut-outs.
    ("https://a.example/t=/0x0:854x505/p.jpg", 640, 480),
    ("https://a.example/crop/3000x2000+0+208/resize/1200x800!/quality/90/", 1200, 800),
    ("https://a.example/crop/3000x2000/p.jpg", 1200, 800),
    ("https://a.example/p.jpg?x=10&y=20&w=300&h=400", 1200, 800),
    ("https://a.example/c_crop,w_2000,h_1000/p.jpg", 1200, 800),
    # Several: one agreement is enough.
    ("https://a.example/1200x800/b/p-300x200.jpg", 300, 200),
    ("https://a.example/p-1024x768.jpg?w=640", 640, 480),
    ("https://a.example/p-1024x768.jpg?w=640", 1024, 768),
    ("https://a.example/news/660/p-1024x768.jpg", 660, 495),
    # Inside another URL: whose size it is nobody knows.
    ("https://a.example/raw/http%3A%2F%2Fb.example%2Fp-800x600.jpg", 640, 480),
    ("https://a.example/raw/https://b.example/p-800x600.jpg?w=300", 640, 480),
    ("https://a.example/_next/image?url=%2Fp-300x200.jpg&q=75", 640, 480),
    ("https://a.example/_next/image?url=%2Fp-300x200.jpg&w=1200", 300, 200),
    # Pixel ratio.
    ("https://a.example/p.jpg?dpr=2&h=650&w=940", 1880, 1300),
    ("https://a.example/p-300x200@2x.png", 600, 400),
]

CONTRADICTING = [
    ("https://cdn.shopify.com/s/files/1/01/a/ferry_600x600.jpg", 1200, 800, "600x600 at most"),
    ("https://a.example/images/ferry.max-600x600.jpg", 1200, 800, "600x600 at most"),
    ("https://a.example/wp-content/uploads/ferry.jpg?w=600", 1200, 800, "width 600 at most"),
    ("https://a.example/wp-content/uploads/ferry-300x200.jpg", 200, 100, "300x200"),
    ("https://cdn0.example/files/2020/01/Facial-796x420.jpg", 640, 480, "796x420"),
    ("https://cdn0.example/files/2020/01/Facial-796x420.jpg", 420, 796, "796x420"),
    ("https://cdn0.example/files/2020/01/Facial-796x420.jpg", 796, 600, "796x420"),
    ("https://cdn0.example/files/2020/01/Facial-796X420.JPG", 640, 480, "796x420"),
    ("https://a.example/static/1280x720/match/image.jpg", 1920, 1080, "1280x720"),
    ("https://a.example/static/1280x720/match/image.jpg", 640, 360, "1280x720"),
    ("https://a.example/5e32?width=1200&format=jpeg", 600, 400, "width 1200"),
    ("https://a.example/5e32?format=jpeg&amp;width=1200", 600, 400, "width 1200"),
    ("https://a.example/p.jpg?w=1200&h=630", 1200, 800, "1200x630"),
    ("https://a.example/p.jpg?resize=300%2C200", 1024, 683, "300x200"),
    ("https://a.example/qwk=/1200x800/smart/https://b.example/c.jpg", 640, 480, "1200x800"),
    ("https://a.example/hash=/1200x0/b.example/public/52R5.jpg", 640, 480, "width 1200"),
    ("https://a.example/imageserve/0x600.jpg", 960, 640, "height 600"),
    ("https://a.example/fit-in/1200x0/f/https%3A%2F%2Fb.example%2F0x0.jpg", 1600, 900,
     "width 1200 at most"),
    ("https://a.example/p.jpg?fit=max&width=500", 640, 480, "width 500 at most"),
    ("https://a.example/fetch/w_1200,h_600,c_fill/p.png", 640, 480, "1200x600"),
    ("https://a.example/crop/3000x2000+0+208/resize/1200x800!/quality/90/", 640, 480, "1200x800"),
    ("/assets/images/harbour-50x50.jpg", 640, 480, "50x50"),
    ("https://a.example/t=/0x0:854x505/1200x800/p.jpg", 640, 480, "1200x800"),
    ("https://a.example/p-300x200@2x.png", 900, 600, "300x200"),
    ("https://a.example/1200x800/b/p-300x200.jpg", 640, 480, "1200x800 300x200"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "width", "height"), AGREEING)
def test_agrees(url: str, width: int, height: int) -> None:
    assert contradicted(url, width, height) == ()


@pytest.mark.parametrize(("url", "width", "height", "said"), CONTRADICTING)
def test_contradicts(url: str, width: int, height: int, said: str) -> None:
    assert may_hint(url)
    assert " ".join(str(hint) for hint in contradicted(url, width, height)) == said


@pytest.mark.parametrize(
    "part", ["-1", "x", "1x", "w_1,", "=", "-.", "&w=1", "%25", "http:", "1200x800-", "a_b,"]
)
def test_hostile_urls_take_no_time(part: str) -> None:
    start = process_time()
    for url in (f"https://a.example/p-12x?w=1&{part * 20_000}", f"/w_{part * 20_000}-12x34x/"):
        contradicted(url, 640, 480)
    assert process_time() - start < 5
