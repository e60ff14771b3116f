"""A theme's script is put off only where nobody can notice but by seeing the page sooner."""

from __future__ import annotations

import pytest

from policygraph.publishing.theme_script import seen_first

THEME = '<script src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>'
PUT_OFF = THEME.replace("></", " defer></")
OURS = '<script src="../assets/policygraph/find.js" defer></script>'
CONFIG = '<script id="__config" type="application/json">{}</script>'


@pytest.mark.parametrize(
    "page",
    [
        f"<script>var palette=1</script>{CONFIG}{THEME}{OURS}",
        f"{OURS}{THEME}",
        f"{THEME}<script defer src=own.js></script>",
        f'{THEME}<script src="own.js" defer></script><script type="module" src="own.mjs"></script>',
    ],
)
def test_it_is_put_off(page: str) -> None:
    assert seen_first(page) == page.replace(THEME, PUT_OFF)


@pytest.mark.parametrize(
    "page",
    [
        f"{THEME}<script>document$.subscribe(work)</script>",
        f'{THEME}<script src="own.js"></script>{OURS}',
        f'<script src="own.js" defer></script>{THEME}',
        f'<script type="module">document$</script>{THEME}',
        # One that comes when it comes, one whose address only speaks of it, and one without an address.
        f'{THEME}<script src="own.js" async></script>',
        f'{THEME}<script src="js/defer-images.js"></script>',
        f"{THEME}<script defer>document$.subscribe(work)</script>",
        OURS,
        "<p>No script.</p>",
        PUT_OFF,
    ],
)
def test_it_is_left_where_another_script_may_count_on_it(page: str) -> None:
    assert seen_first(page) == page
