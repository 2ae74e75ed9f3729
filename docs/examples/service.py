"""A small web service: it keeps plans in its own database, judges them while they are filled in, and counts votes.

    python service.py plans.db 8000

    POST /check                   judge a form that is being filled in; nothing is kept
    PUT  /plans/NAME              keep a plan, and judge it
    POST /plans/NAME/candidates   add one candidate to the roll, refused where something of the row cannot be read
    GET  /plans/NAME              judge a plan that is kept
    GET  /plans/NAME/count        count its totals, with the decisions recorded so far
    POST /plans/NAME/decisions    record the answer to a question: {"question": "…", "chosen": ["…"], "by": "…"}

Plans are objects of JSON with the labels of the vocabulary, in either language. Answers are reports in JSON: findings,
the facts still missing, results, open questions. Who may ask and who may decide is for the server in front of it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

import civicrules
from civicrules.report.json import render

TABLES = """
create table if not exists plan (name text primary key, facts text not null);
create table if not exists decision (
  plan text not null references plan, question text not null, chosen text not null, decided_by text not null,
  recorded text not null default current_timestamp, primary key (plan, question)
);
"""
LARGEST = 1_000_000
ROLL = ("candidates", "候选人")
Answer = tuple[str, str]


class Refused(Exception):
    """A request that cannot be answered; the argument is the status line."""


@dataclass(frozen=True)
class Service:
    """The service for one ruleset. `Rules` are immutable, so that all threads share them."""

    rules: civicrules.Rules
    database: str
    language: str = "en"

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each request; what is written stays when nothing went wrong."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.executescript(TABLES)
            yield connection

    def answer(self, method: str, path: Sequence[str], body: bytes) -> Answer:
        match method, *path:
            case "POST", "check":
                return self.judged(parsed(body))
            case "PUT", "plans", name:
                return self.kept(name, parsed(body))
            case "GET", "plans", name:
                return self.judged(self.plan(name))
            case "POST", "plans", name, "candidates":
                return self.added(name, parsed(body))
            case "GET", "plans", name, "count":
                return "200 OK", render(self.counted(name), self.language)
            case "POST", "plans", name, "decisions":
                return self.decided(name, parsed(body))
        raise Refused("404 Not Found")

    def judged(self, facts: dict[str, Any]) -> Answer:
        return "200 OK", render(self.rules.check(facts, advice=False), self.language)

    def kept(self, name: str, facts: dict[str, Any]) -> Answer:
        with self.open() as database:
            database.execute("insert or replace into plan values (?, ?)", (name, json.dumps(facts)))
        return self.judged(facts)

    def plan(self, name: str) -> dict[str, Any]:
        with self.open() as database:
            found = database.execute("select facts from plan where name = ?", (name,)).fetchone()
        if found is None:
            raise Refused("404 Not Found")
        return parsed(found[0])

    def added(self, name: str, row: dict[str, Any]) -> Answer:
        """A row of the roll, validated as it is filled in: what cannot be read is told, and the roll stays as it was."""
        plan = self.plan(name)
        key = next((label for label in ROLL if label in plan), ROLL[0])
        rows = plan.get(key) or []
        report = self.rules.check({**plan, key: [*rows, row]}, advice=False)
        before = self.rules.check(plan, advice=False)
        if len(report.diagnostics) > len(before.diagnostics):
            return "422 Unprocessable Content", render(report, self.language)
        return self.kept(name, {**plan, key: [*rows, row]})

    def decisions(self, name: str) -> list[civicrules.Decision]:
        wanted = "select question, chosen, decided_by from decision where plan = ? order by recorded"
        with self.open() as database:
            rows = database.execute(wanted, (name,)).fetchall()
        return [civicrules.Decision(question, tuple(json.loads(chosen)), by) for question, chosen, by in rows]

    def counted(self, name: str, *more: civicrules.Decision) -> civicrules.Report:
        return self.rules.results(self.plan(name), self.rules.program.contests, [*self.decisions(name), *more])

    def decided(self, name: str, given: dict[str, Any]) -> Answer:
        """Record a decision, unless it answers no open question or does not choose as the question asks."""
        decision = decision_of(given)
        report = self.counted(name, decision)
        if any(problem.data.get("question") == decision.question for problem in report.diagnostics):
            return "409 Conflict", render(report, self.language)
        row = (name, decision.question, json.dumps(decision.chosen), decision.by)
        try:
            with self.open() as database:
                database.execute("insert into decision (plan, question, chosen, decided_by) values (?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise Refused("409 Conflict") from None
        return "200 OK", render(report, self.language)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        """The service as a WSGI application."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace").strip("/").split("/")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        try:
            if length > LARGEST:
                raise Refused("413 Content Too Large")
            status, text = self.answer(environ["REQUEST_METHOD"], path, environ["wsgi.input"].read(length))
        except Refused as refusal:
            status, text = str(refusal), json.dumps({"error": str(refusal)})
        start(status, [("Content-Type", "application/json; charset=utf-8")])
        return [text.encode()]


def parsed(body: bytes | str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        raise Refused("400 Bad Request") from None
    if not isinstance(found, dict):
        raise Refused("400 Bad Request")
    return found


def decision_of(given: dict[str, Any]) -> civicrules.Decision:
    match given:
        case {"question": str(question), "chosen": [*chosen], "by": str(by)} if all(isinstance(x, str) for x in chosen):
            return civicrules.Decision(question, tuple(chosen), by)
    raise Refused("400 Bad Request")


class Server(ThreadingMixIn, WSGIServer):
    """One thread for each request."""

    daemon_threads = True


def server(database: str, port: int = 0, ruleset: str = "cn.all-voter") -> WSGIServer:
    """A server on this computer; port 0 is any free one."""
    return make_server("127.0.0.1", port, Service(civicrules.load(ruleset), database), server_class=Server)


if __name__ == "__main__":
    server(sys.argv[1], int(sys.argv[2])).serve_forever()
