"""How long an author waits for an answer after a keystroke, in a handbook of N documents.

Talks to `policygraph lsp` as an editor does. First the handbook is read; then letters are typed into one document,
first with pauses, so that nothing else goes on, then while the whole handbook is judged in the background. On a machine
that does other things too, an answer waits for its turn: on Linux the processor time that the server spends until it
has answered is given beside the time that passes.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from generate import generate


def spent(process: int) -> float:
    """Processor time of a process in milliseconds, where the system tells; else not a number."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return math.nan
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def measure(folder: Path, strokes: int) -> None:
    """Type into one document, and print how long the answers took."""
    client = LanguageClient("keystrokes", "1")
    news = asyncio.Event()
    versions: dict[str, int | None] = {}

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def published(params: lsp.PublishDiagnosticsParams) -> None:
        versions[params.uri] = params.version
        news.set()

    @client.feature(lsp.WINDOW_SHOW_MESSAGE)
    def shown(params: lsp.ShowMessageParams) -> None:
        print(params.message)

    await client.start_io(sys.executable, "-m", "policygraph", "lsp", cwd=str(folder))
    await client.initialize_async(
        lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=folder.as_uri())
    )
    client.initialized(lsp.InitializedParams())
    file = sorted((folder / "policies").rglob("*.md"))[7]
    uri, text = file.as_uri(), file.read_text("utf-8")
    begun = time.perf_counter()
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "markdown", 1, text))
    )

    async def answered(version: int) -> None:
        while versions.get(uri) != version:
            news.clear()
            await news.wait()

    await answered(1)
    server = client._server
    assert server is not None
    print(f"read and judged: {time.perf_counter() - begun:.2f} s, {spent(server.pid) / 1000:.2f} s of CPU")
    line = text.count("\n")
    version = 1
    for name, pause in (("at rest", 6.0), ("while the whole is judged", 0.45)):
        times, costs = [], []
        for _ in range(strokes):
            await asyncio.sleep(pause)
            version += 1
            where = lsp.Position(line, 0)
            change = lsp.TextDocumentContentChangePartial(lsp.Range(where, where), "[[P-9x]] ")
            before, begun = spent(server.pid), time.perf_counter()
            client.text_document_did_change(
                lsp.DidChangeTextDocumentParams(
                    lsp.VersionedTextDocumentIdentifier(version=version, uri=uri), [change]
                )
            )
            await answered(version)
            times.append((time.perf_counter() - begun) * 1000)
            costs.append(spent(server.pid) - before)
        print(
            f"keystroke, {name}: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms of {strokes}; "
            f"the server's CPU {statistics.mean(costs):.0f} ms on average"
        )
    begun = time.perf_counter()
    at = lsp.TextDocumentIdentifier(uri)
    await client.text_document_completion_async(lsp.CompletionParams(at, lsp.Position(line, 2)))
    print(f"completion: {(time.perf_counter() - begun) * 1000:.0f} ms")
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000)
    parser.add_argument("--strokes", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), arguments.count)
        asyncio.run(measure(Path(name).resolve(), arguments.strokes))
