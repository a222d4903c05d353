"""The processes that check, with the encoder of a few words: limits of time and number, and what becomes of
the service when one of them ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from service import DE, EN, FLAWED, PAIR, client, fake_desk, message, no_desk
from starlette.testclient import TestClient

from mlcheck.errors import ModelError
from mlcheck.serve import Answer, Limits, Order, Refusal, Version, Workers

pytestmark = pytest.mark.slow

Start = Callable[..., tuple[Workers, TestClient]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts processes, and a service in front of them."""
    started: list[Workers] = []

    def start_them(**limits: Any) -> tuple[Workers, TestClient]:
        bounds = Limits(**limits)
        workers = Workers(fake_desk, bounds)
        started.append(workers)
        workers.start()
        return workers, client(workers, limits=bounds)

    yield start_them
    for workers in started:
        workers.close()


def until(true: Callable[[], object]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def test_what_takes_too_long_is_ended_and_the_service_goes_on(start: Start) -> None:
    workers, ask = start(timeout=5)
    first = ask.post("/check", json=PAIR)
    assert first.status_code == 200
    began = time.monotonic()
    assert "not checked in 5 seconds" in message(ask.post("/check", json={**PAIR, "id": "sleep"}), 504)
    assert time.monotonic() - began < 30
    until(lambda: workers.ready)
    assert ask.post("/check", json=PAIR).content == first.content


def test_a_process_that_ends_is_started_anew(start: Start) -> None:
    workers, ask = start()
    assert "has ended" in message(ask.post("/check", json={**PAIR, "id": "end"}), 500)
    assert ask.get("/health").status_code in (200, 503)
    until(lambda: workers.ready)
    assert ask.post("/check", json=PAIR).status_code == 200


def test_a_flaw_of_ours_ends_nothing(start: Start) -> None:
    workers, ask = start()
    said = message(ask.post("/check", json={**PAIR, "id": "flaw"}), 500)
    assert "KeyError at service.py" in said
    assert "words of the text" not in said
    assert workers.ready
    assert "empty" in message(ask.post("/check", json={**PAIR, "source": {"text": ""}}), 422)


def test_models_that_cannot_be_loaded_are_told_at_the_start() -> None:
    workers = Workers(no_desk, Limits())
    with pytest.raises(ModelError, match="no such model"):
        workers.start()
    assert not workers.ready


def test_who_is_too_many_is_sent_away(start: Start) -> None:
    _, ask = start(queue=1)

    def post(_: int) -> Any:
        return ask.post("/check", json={**PAIR, "id": "nap"})

    with ThreadPoolExecutor(6) as threads:
        answered = list(threads.map(post, range(6)))
    assert sorted({each.status_code for each in answered}) == [200, 503]
    assert sum(each.status_code == 200 for each in answered) >= 2
    for each in answered:
        if each.status_code == 503:
            message(each, 503)
            assert int(each.headers["retry-after"]) >= 1
    assert ask.post("/check", json=PAIR).status_code == 200


def test_who_waits_too_long_for_a_turn_is_sent_away(start: Start) -> None:
    workers, _ = start(timeout=0.3)
    order = Order(source=Version(data=EN.encode(), name="a"), target=None, id="sleep")
    with ThreadPoolExecutor(2) as threads:
        answered = [threads.submit(workers.ask, order) for _ in range(2)]
        found = {_status(each.result) for each in answered}
    assert found <= {503, 504}
    assert 504 in found


def _status(ask: Callable[[], Answer]) -> int:
    try:
        return ask().status
    except Refusal as refusal:
        return refusal.status


def test_80_requests_by_8_clients_have_their_own_answers(start: Start) -> None:
    """None lost, none wrong: each has the report of its own texts, the one it has when nobody else asks."""
    _, ask = start(jobs=2, queue=16)
    texts = [{"text": f"{DE}\nDie Brücke hat {k} Museum.\n", "language": "de"} for k in range(5)]
    bodies = [{**PAIR, "target": text, "id": f"item-{k}"} for k, text in enumerate(texts)]
    bodies += [{"source": PAIR["source"], "target": {"text": FLAWED, "language": "en"}, "id": "flawed"}]
    alone = [ask.post("/check", json=body).content for body in bodies]
    assert len(set(alone)) == len(bodies)

    def post(k: int) -> bool:
        answered = ask.post("/check", json=bodies[k % len(bodies)])
        return answered.status_code == 200 and answered.content == alone[k % len(bodies)]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(post, range(80)))
