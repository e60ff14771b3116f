"""Whether web addresses answer: asked gently, a few at a time, and never led astray by a redirect."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import IO
from urllib.parse import urlsplit

from policygraph import __version__

AT_ONCE = 4
"""Addresses asked at the same time."""
TIMEOUT = 10.0
_MOST_REDIRECTS = 5
_ASKS_FOR_LOGIN = frozenset({401, 402, 403, 407})
_HEAD_REFUSED = frozenset({400, 403, 404, 405, 406, 429, 500, 501, 502, 503})


class Reach(StrEnum):
    """What came of asking an address."""

    ANSWERS = "answers"
    PROTECTED = "asks for a login"
    BROKEN = "broken"
    UNREACHABLE = "not reached"
    REFUSED = "not followed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered, with why in words where it is not simply there."""

    reach: Reach
    why: str = ""


class _RefusedError(Exception):
    """A redirect that is not followed."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects between web pages only, and none from the open web to an address of the inside."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            raise _RefusedError("it leads on to something that is no web page.")
        host = urlsplit(newurl).hostname or ""
        if _inside(host) and not _inside(urlsplit(req.full_url).hostname or ""):
            raise _RefusedError(f"it leads on to an address inside a network ({host}).")
        method = req.get_method()
        return urllib.request.Request(newurl, headers=dict(req.header_items()), method=method)  # noqa: S310


def ask(urls: Iterable[str], timeout: float = TIMEOUT) -> Mapping[str, Answer]:
    """Ask each http or https address once. What asks for a login is there; nobody logs in."""
    wanted = sorted(set(urls))
    opener = _opener()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return dict(zip(wanted, pool.map(lambda url: _ask(opener, url, timeout), wanted), strict=True))


def _opener() -> urllib.request.OpenerDirector:
    """Speaks http and https, through the proxies that the environment names, and nothing else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _ask(opener: urllib.request.OpenerDirector, url: str, timeout: float) -> Answer:
    host = urlsplit(url).hostname or ""
    if _link_local(host):
        return Answer(Reach.REFUSED, "addresses of the machine's own surroundings are not asked.")
    # Some servers know no HEAD, or answer it with nonsense: what is not clear is asked for with GET.
    return (
        _request(opener, url, "HEAD", timeout)
        or _request(opener, url, "GET", timeout)
        or Answer(Reach.BROKEN)
    )


def _request(opener: urllib.request.OpenerDirector, url: str, method: str, timeout: float) -> Answer | None:
    request = urllib.request.Request(  # noqa: S310 - other schemes are refused above
        url, headers={"User-Agent": f"policygraph/{__version__}", "Accept": "*/*"}, method=method
    )
    try:
        with opener.open(request, timeout=timeout):
            return Answer(Reach.ANSWERS)
    except urllib.error.HTTPError as error:
        status = error.code
        error.close()
        if method == "HEAD" and status in _HEAD_REFUSED:
            return None
        if status in _ASKS_FOR_LOGIN:
            return Answer(Reach.PROTECTED, f"the server answers {status}.")
        if 300 <= status < 400:
            return Answer(
                Reach.REFUSED, "it leads round in a circle, or on to something that is no web page."
            )
        if status == 429:
            return Answer(Reach.UNREACHABLE, "the server asks to be asked less often.")
        return Answer(
            Reach.BROKEN,
            f"the server answers {status} {http.client.responses.get(status, '')}".rstrip() + ".",
        )
    except _RefusedError as error:
        return Answer(Reach.REFUSED, str(error))
    except TimeoutError:
        return Answer(Reach.UNREACHABLE, f"no answer within {timeout:g} seconds.")
    except urllib.error.URLError as error:
        return Answer(Reach.UNREACHABLE, _reason(error.reason, timeout))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(Reach.UNREACHABLE, _reason(error, timeout))


def _reason(reason: object, timeout: float) -> str:
    if isinstance(reason, TimeoutError):
        return f"no answer within {timeout:g} seconds."
    if isinstance(reason, socket.gaierror):
        return "the name of the server is not known here."
    if isinstance(reason, ConnectionRefusedError):
        return "the server refuses the connection."
    return f"{str(reason).rstrip('.') or type(reason).__name__}."


def _inside(host: str) -> bool:
    """Whether a host is one of this machine or of a network of its own."""
    if host.lower() == "localhost" or host.lower().endswith((".localhost", ".internal", ".local")):
        return True
    return any(not address.is_global for address in _addresses(host))


def _link_local(host: str) -> bool:
    """Where cloud machines hand out their secrets."""
    return any(address.is_link_local for address in _literal(host))


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    if found := _literal(host):
        return found
    try:
        return [ipaddress.ip_address(info[4][0]) for info in socket.getaddrinfo(host, None)]
    except (OSError, ValueError, UnicodeError):
        return []


def _literal(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        return [ipaddress.ip_address(host.partition("%")[0])]
    except ValueError:
        return []
