"""A page read from a folder asks no other host, and still leads to them."""

from __future__ import annotations

import pytest

from policygraph.publishing.offline import without_other_hosts


@pytest.mark.parametrize(
    "fetched",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "<img src=http://tracker.example/x.png alt=x>",
        "<IMG SRC='//tracker.example/x.png'>",
        '<img src="x.png" srcset="x.png 1x, https://tracker.example/x.png 2x">',
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<iframe src="https://video.example/embed"></iframe>',
        '<video poster="https://video.example/x.png"></video>',
        '<object data="https://x.example/x.svg"></object>',
        '<p style="background: url(https://tracker.example/x.png)">x</p>',
        '<p style="background: url(&quot;//tracker.example/x.png&quot;)">x</p>',
    ],
)
def test_what_would_be_fetched_goes(fetched: str) -> None:
    html, found = without_other_hosts(f"<p>before</p>{fetched}<p>after</p>")
    assert ".example" not in html
    assert found == 1
    assert html.startswith("<p>before</p>")
    assert html.endswith("<p>after</p>")


@pytest.mark.parametrize(
    "kept",
    [
        '<a href="https://records.example/1">the record</a>',
        '<link rel="canonical" href="https://handbook.example/">',
        '<link rel="stylesheet" href="../assets/x.css">',
        '<img src="data:image/png;base64,AAAA" alt="">',
        "<script>const address = 'https://x.example/';</script>",
        "<code>&lt;img src=https://x.example/&gt; and url(https://x.example/)</code>",
        '<img src="a.png" srcset="a.png 1x, b.png 2x" data-src="https://x.example">',
    ],
)
def test_what_asks_nobody_stays(kept: str) -> None:
    assert without_other_hosts(kept) == (kept, 0)
