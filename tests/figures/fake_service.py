"""A server on this machine that answers as the publishers do, well or in one of many bad ways."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TABLE = "99999NED"
AREAS = [("GM9901", "Waterdam"), ("WK990100", "Centrum"), *((f"BU9901000{at}", f"Buurt {at}") for at in range(6))]
SIZE = 3
Handler = Callable[["Answer"], None]


class Answer(BaseHTTPRequestHandler):
    """One request, with what is needed to answer it well or badly."""

    server: "Service"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        good = self.good()
        behave = self.server.behave
        if behave is not None and "TypedDataSet" in self.path:
            behave(self)
        elif good is None:
            self.reply(b"{}", status=404)
        else:
            self.reply(good)

    def good(self) -> bytes | None:
        """Return what the real service would answer to this question."""
        parts = urlsplit(self.path)
        name = parts.path.rpartition("/")[2]
        skip = int(parse_qs(unquote(parts.query)).get("$skip", ["0"])[0])
        rows = self.server.rows.get(name)
        if rows is None:
            return None
        page: dict[str, Any] = {"odata.count": str(len(rows)), "value": rows[skip : skip + SIZE]}
        if skip + SIZE < len(rows):
            page["odata.nextLink"] = self.following(skip + SIZE)
        return json.dumps(page).encode()

    def following(self, skip: int) -> str:
        base = self.path.split("&$skip")[0]
        return f"http://{self.headers['Host']}{base}&$skip={skip}"

    @property
    def page(self) -> int:
        """Return which page is asked for, from 0."""
        return int(parse_qs(unquote(urlsplit(self.path).query)).get("$skip", ["0"])[0]) // SIZE

    def times(self) -> int:
        """Return how often this very address was asked for."""
        return self.server.asked.count(self.path)

    def reply(self, body: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **told}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def changed(self, **fields: Any) -> None:
        """Answer the good page with some fields other than they are."""
        self.reply(json.dumps({**json.loads(self.good() or b"{}"), **fields}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Service(ThreadingHTTPServer):
    """The service: its tables, how it behaves, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.behave: Handler | None = None
        self.asked: list[str] = []
        self.rows: dict[str, list[dict[str, Any]]] = {
            "TableInfos": [
                {"Identifier": TABLE, "Title": "Kerncijfers wijken en buurten 2018", "Modified": "2024-01-01"}
            ],
            "DataProperties": [
                {"ID": 0, "Key": "Codering_3", "Title": "Codering", "Unit": "", "ParentID": 0},
                {"ID": 1, "Key": "AantalInwoners_5", "Title": "Aantal inwoners", "Unit": "aantal", "ParentID": 0},
            ],
            "WijkenEnBuurten": [{"Key": code, "Title": name, "Municipality": "GM9901"} for code, name in AREAS],
            "TypedDataSet": [
                {"ID": at, "WijkenEnBuurten": code.ljust(10), "Codering_3": code.ljust(10), "AantalInwoners_5": 5 * at}
                for at, (code, _) in enumerate(AREAS)
            ],
        }

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/odata"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


@contextmanager
def running() -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        thread.join()
        service.server_close()


def on(page: int, bad: Handler, *, tries: int | None = None) -> Handler:
    """Behave badly on one page only, for good or for the first few tries."""

    def behave(answer: Answer) -> None:
        if answer.page == page and (tries is None or answer.times() <= tries):
            bad(answer)
        else:
            answer.reply(answer.good() or b"")

    return behave


def cut(answer: Answer) -> None:
    whole = answer.good() or b""
    answer.reply(whole[: len(whole) // 2], Content_Length=str(len(whole)))
    answer.close_connection = True


def too_short_length(answer: Answer) -> None:
    whole = answer.good() or b""
    answer.reply(whole, Content_Length=str(len(whole) - 20))
    answer.close_connection = True


def half_then_close(answer: Answer) -> None:
    whole = answer.good() or b""
    answer.reply(whole[: len(whole) // 2], Content_Length="")
    answer.close_connection = True


def failing(answer: Answer) -> None:
    answer.reply(b"{}", status=500)


def drip(answer: Answer) -> None:
    answer.send_response(200)
    answer.send_header("Content-Type", "application/json")
    answer.end_headers()
    for _ in range(200):
        answer.wfile.write(b" ")
        answer.wfile.flush()
        time.sleep(0.02)


def silent(answer: Answer) -> None:
    time.sleep(0.8)


def busy(answer: Answer) -> None:
    answer.reply(b"{}", status=429)


def busy_until(seconds: str) -> Handler:
    return lambda answer: answer.reply(b"{}", status=429, Retry_After=seconds)


def web_page(answer: Answer) -> None:
    answer.reply(b"<html><body>Onderhoud</body></html>", kind="text/html")


def web_page_as_json(answer: Answer) -> None:
    answer.reply(b"<html><body>Onderhoud</body></html>")


def empty_page(answer: Answer) -> None:
    answer.changed(value=[])


def same_page(answer: Answer) -> None:
    first = answer.server.rows["TypedDataSet"][:SIZE]
    answer.changed(value=first)


def loop(answer: Answer) -> None:
    answer.changed(**{"odata.nextLink": f"http://{answer.headers['Host']}{answer.path}"})


def other_total(answer: Answer) -> None:
    answer.changed(**{"odata.count": "99"})


def promises_more(answer: Answer) -> None:
    content = json.loads(answer.good() or b"{}")
    content.pop("odata.nextLink", None)
    answer.reply(json.dumps(content).encode())


def bomb(answer: Answer) -> None:
    answer.reply(gzip.compress(b" " * 8_000_000), Content_Encoding="gzip")


def packed(answer: Answer) -> None:
    answer.reply(gzip.compress(answer.good() or b""), Content_Encoding="gzip")


def latin(answer: Answer) -> None:
    answer.reply('{"value": [{"Title": "Één"}]}'.encode("latin-1"))


def says_latin(answer: Answer) -> None:
    answer.reply(answer.good() or b"", kind="application/json; charset=iso-8859-1")


def elsewhere(answer: Answer) -> None:
    port = answer.server.server_address[1]
    answer.reply(b"", status=302, Location=f"http://localhost:{port}{answer.path}")


def next_elsewhere(answer: Answer) -> None:
    answer.changed(**{"odata.nextLink": answer.following(SIZE).replace("127.0.0.1", "localhost")})


def invalid(answer: Answer) -> None:
    answer.reply((answer.good() or b"").replace(b'"value": [', b'"value": [,', 1))


def doubled(answer: Answer) -> None:
    rows = json.loads(answer.good() or b"{}")["value"]
    answer.changed(value=[*rows[:-1], rows[0]])


def stranger(answer: Answer) -> None:
    rows = json.loads(answer.good() or b"{}")["value"]
    answer.changed(value=[*rows[:-1], {**rows[-1], "WijkenEnBuurten": "BU77770000", "Codering_3": "BU77770000"}])
