"""The example of a web service, talked to over HTTP."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
# 78 valid ballots of 80 returned: two members of three, the last two with the same votes.
PLAN: dict[str, Any] = {
    "residents committee": {"chairs": 1, "vice chairs": 1, "other members": 2},
    "ballot account": {
        "registered voters": 100,
        "ballots issued": 90,
        "ballots returned": 80,
        "valid ballots": 78,
        "invalid ballots": 2,
        "blank ballots": 0,
    },
    "candidates": [
        {"name": "Lin", "post": "chair", "votes": 78},
        {"name": "Wu", "post": "vice chair", "votes": 60},
        {"name": "An", "post": "member", "votes": 60},
        {"name": "Bo", "post": "member", "votes": 48},
        {"name": "Cui", "post": "member", "votes": 48},
    ],
}
Ask = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        patch.setattr("wsgiref.simple_server.WSGIRequestHandler.log_message", lambda *_: None)
        running = import_module("service").server(str(tmp_path_factory.mktemp("service") / "plans.db"))
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield partial(talk, running.server_port)
        running.shutdown()
        running.server_close()
        thread.join()


def talk(port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body if isinstance(body, bytes) else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def verdicts(report: Any) -> dict[str, str]:
    """The verdict of each sentence, by its English text."""
    return {finding["text"]["en"]: finding["verdict"] for finding in report["findings"]}


def test_a_form_is_judged_while_it_is_filled_in(ask: Ask) -> None:
    turnout = "ballots returned must be more than half of registered voters"
    status, first = ask("POST", "/check", {"ballot account": {"registered voters": 2722}})
    assert (status, verdicts(first)[turnout]) == (200, "cannot say")
    assert "ballot_account.ballots_returned" in [fact["key"] for fact in first["missing"]]
    # half of 2,722 is 1,361, which is not more than half
    half = ask("POST", "/check", {"选票": {"登记选民数": 2722, "收回票数": 1361}})[1]
    more = ask("POST", "/check", {"选票": {"登记选民数": 2722, "收回票数": 1362}})[1]
    assert (verdicts(half)[turnout], verdicts(more)[turnout]) == ("fails", "holds")


def test_a_bad_value_is_a_diagnostic_and_not_an_error(ask: Ask) -> None:
    status, report = ask("POST", "/check", {"ballot account": {"registered voters": "many"}})
    assert status == 200
    assert [(one["code"], one["place"]["path"]) for one in report["diagnostics"]] == [
        ("CR0504", ["ballot account", "registered voters"])
    ]


@pytest.mark.parametrize(("label", "name", "post"), [("candidates", "name", "post"), ("候选人", "姓名", "职务")])
def test_the_roll_is_validated_row_by_row(ask: Ask, label: str, name: str, post: str) -> None:
    path = f"/plans/Roll-{len(label)}"
    assert ask("PUT", path, {label: [{name: "Lin", post: "chair"}]})[0] == 200
    assert ask("POST", f"{path}/candidates", {name: "Wu", post: "vice chair"})[0] == 200
    status, refused = ask("POST", f"{path}/candidates", {name: "An", post: "treasurer"})
    assert status == 422
    assert refused["diagnostics"][-1]["place"]["path"] == [label, 3, post]
    status, report = ask("POST", f"{path}/candidates", {name: "An", post: "member"})
    assert (status, report["diagnostics"]) == (200, [])


def test_election_night(ask: Ask) -> None:
    assert ask("PUT", "/plans/Plum%20Lane", PLAN)[0] == 200
    judged = verdicts(ask("GET", "/plans/Plum%20Lane")[1])
    assert {said for text, said in judged.items() if text.startswith("ballots ") and " must " in text} == {"holds"}

    (count,) = ask("GET", "/plans/Plum%20Lane/count")[1]["counts"]
    (question,) = count["questions"]
    assert (count["outcome"], question["options"], question["choose"]) == ("decision required", ["Bo", "Cui"], 1)
    assert sorted(seat["receiver"] for seat in count["seats"]) == ["An", "Lin", "Wu"]

    answer = {"question": question["id"], "chosen": ["Cui"], "by": "another vote on 2 June"}
    assert ask("POST", "/plans/Plum%20Lane/decisions", {**answer, "chosen": ["Lin"]})[0] == 409
    assert ask("POST", "/plans/Plum%20Lane/decisions", {**answer, "question": "0"})[0] == 409
    assert ask("POST", "/plans/Plum%20Lane/decisions", answer)[0] == 200
    assert ask("POST", "/plans/Plum%20Lane/decisions", answer)[0] == 409, "a decision is recorded once"

    (count,) = ask("GET", "/plans/Plum%20Lane/count")[1]["counts"]
    assert count["outcome"] == "decided"
    assert sorted(seat["receiver"] for seat in count["seats"]) == ["An", "Cui", "Lin", "Wu"]


def test_a_decision_lapses_with_the_numbers_it_rests_on(ask: Ask) -> None:
    ask("PUT", "/plans/a", PLAN)
    (count,) = ask("GET", "/plans/a/count")[1]["counts"]
    question = count["questions"][0]["id"]
    assert ask("POST", "/plans/a/decisions", {"question": question, "chosen": ["Bo"], "by": "lot"})[0] == 200
    recounted = [{**one, "votes": 47} if one["name"] == "Bo" else one for one in PLAN["candidates"]]
    ask("PUT", "/plans/a", {**PLAN, "candidates": recounted})
    report = ask("GET", "/plans/a/count")[1]
    assert [one["code"] for one in report["diagnostics"]] == ["CR0701"]
    assert "Cui" in [seat["receiver"] for seat in report["counts"][0]["seats"]]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/plans/nobody", None, 404),
        ("GET", "/plans/nobody/count", None, 404),
        ("DELETE", "/plans/a", None, 404),
        ("POST", "/check", b"{", 400),
        ("POST", "/check", [], 400),
        ("POST", "/plans/a/decisions", {"question": "0", "chosen": ["Lin"]}, 400),
    ],
)
def test_what_it_cannot_answer(ask: Ask, method: str, path: str, body: Any, status: int) -> None:
    found, answer = ask(method, path, body)
    assert found == status and answer["error"].startswith(str(status))


def test_it_reads_no_more_than_it_must(ask: Ask) -> None:
    assert ask("POST", "/check", b"", **{"Content-Length": "1000001"})[0] == 413


def test_plans_are_kept_by_several_clerks_at_once(ask: Ask) -> None:
    found: list[int] = []
    clerks = [threading.Thread(target=lambda n=n: found.append(ask("PUT", f"/plans/{n}", PLAN)[0])) for n in range(8)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert found == [200] * 8
