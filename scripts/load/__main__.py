"""`python -m scripts.load`: capacity, a while at 80 % of it, then three times as much, and how it recovers.

Loopback addresses only; ends by itself, and what it started ends with it.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.load.driver import Driver, Outcome
from scripts.load.mix import EMPTY, Ask, Mix
from scripts.load.service import Service, serving

_SHARE = 0.8
_TIMES = 3
_OVERLOAD = 20
_CAPACITY = 20
_AT_ONCE = 16
# Minutes from which on memory is looked at, and the seconds in which what is remembered of pairs is filled up before.
_LONG, _FILLING = 3, 90
_RECOVERED = 5  # answers in a row as quick as before


def main() -> int:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1, help="How long at 80 %% of capacity; 1 unless said.")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--cores", type=int, default=2, help="Cores of the service with its database; 2 unless said.")
    asked = parser.parse_args()
    if not 0 < asked.minutes <= 60:
        parser.error("--minutes goes from a little more than 0 to 60.")
    # Ended from outside, what was started is ended as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done."))
    cores = set(sorted(os.sched_getaffinity(0))[: asked.cores])
    with serving(workers=asked.workers, threads=asked.threads, cores=cores) as service:
        print(
            f"{asked.workers} workers x {asked.threads} threads and PostgreSQL on {len(cores)} of "
            f"{len(os.sched_getaffinity(0)) + len(cores)} cores; load of the machine {os.getloadavg()[0]:.1f}"
        )
        return asyncio.run(_measure(service, minutes=asked.minutes))


async def _measure(service: Service, *, minutes: float) -> int:
    mix = Mix(service.address)
    asks = iter(mix)
    async with Driver(service.address) as driver:
        first = await driver.each(mix.every_kind())
        wrong = {(one.kind, one.status, one.fault) for one in first if not one.good}
        if wrong:
            print(f"Already one after the other, some are not answered: {wrong}", file=sys.stderr)
            return 1
        if minutes >= _LONG:
            await driver.as_fast_as_possible(mix.every_pair(), at_once=4, seconds=_FILLING)
        await driver.as_fast_as_possible(asks, at_once=_AT_ONCE, seconds=10)
        before = service.computing()
        found = await driver.as_fast_as_possible(asks, at_once=_AT_ONCE, seconds=_CAPACITY)
        shares = _shares(service, before, _CAPACITY)
        capacity = len(found) / (max(one.at + one.seconds for one in found))
        empty = await driver.as_fast_as_possible(_only_empty(), at_once=_AT_ONCE, seconds=5)
        print(
            f"\nCapacity: {capacity:.0f} requests/s of the mix; of the empty view {len(empty) / 5:.0f}/s, "
            f"{len(empty) / 5 / capacity:.1f} times as many\n  {shares}"
        )
        steady = await _steady(driver, asks, service, rate=_SHARE * capacity, seconds=60 * minutes)
        await _overload(driver, asks, rate=_TIMES * capacity, before=steady)
        after = await driver.at_rate(asks, rate=capacity / 2, seconds=10)
        print(f"10 s at half of capacity afterwards: {_errors(after)} of {len(after)} failed")
    return 1 if _errors(steady) or _errors(after) else 0


async def _steady(
    driver: Driver, asks: Iterator[Ask], service: Service, *, rate: float, seconds: float
) -> list[Outcome]:
    samples: list[tuple[float, float, float]] = []

    async def watch() -> None:
        begin = time.perf_counter()
        while True:
            samples.append((time.perf_counter() - begin, *service.memory()))
            await asyncio.sleep(max(1.0, seconds / 300))

    watching, before = asyncio.create_task(watch()), service.computing()
    outcomes = await driver.at_rate(asks, rate=rate, seconds=seconds)
    watching.cancel()
    shares = _shares(service, before, seconds)
    print(f"\n{seconds:.0f} s at {rate:.0f} requests/s, which is {_SHARE:.0%} of that, coming at random moments")
    good = sum(one.good for one in outcomes)
    print(f"  answered {good / seconds:.1f}/s, {_errors(outcomes)} failed {_faults(outcomes)}")
    print(f"  {shares}")
    _table(outcomes)
    _memory(samples)
    return outcomes


async def _overload(driver: Driver, asks: Iterator[Ask], *, rate: float, before: list[Outcome]) -> None:
    outcomes = await driver.at_rate(asks, rate=rate, seconds=_OVERLOAD)
    ended = time.perf_counter()
    # As slow as one in twenty was before, or a tenth of a second.
    quick = max(0.1, _percentile([one.seconds for one in before if one.kind == "list"], 95))
    row, recovered = 0, None
    while recovered is None and time.perf_counter() - ended < 60:
        (probe,) = await driver.each([Ask("probe", "/api/v1/topics/?limit=50")])
        row = row + 1 if probe.good and probe.seconds <= quick else 0
        recovered = time.perf_counter() - ended if row >= _RECOVERED else None
        await asyncio.sleep(0.05)
    good = [one.seconds for one in outcomes if one.good]
    refused = [one.seconds for one in outcomes if one.refused]
    count = len(outcomes)
    print(f"\n{_OVERLOAD} s at {rate:.0f} requests/s, {_TIMES} times capacity: {count} requests")
    print(f"  answered {len(good) / count:6.1%}  {_times(good)}")
    print(f"  refused  {len(refused) / count:6.1%}  {_times(refused)}")
    print(f"  failed   {1 - (len(good) + len(refused)) / count:6.1%}  {_faults(outcomes)}")
    told = "not within a minute" if recovered is None else f"{recovered:.1f} s after the last of them ended"
    print(f"  as quick as before ({quick * 1000:.0f} ms): {told}")


def _shares(service: Service, before: tuple[float, float], seconds: float) -> str:
    """How busy the cores were, and with whose work: on a machine that others use, capacity comes and goes."""
    own, busy = (now - then for now, then in zip(service.computing(), before, strict=True))
    whole = seconds * len(service.cores)
    return f"of its cores the service used {own / whole:.0%}, others {max(busy - own, 0) / whole:.0%}"


def _table(outcomes: Sequence[Outcome]) -> None:
    floor = _percentile([one.seconds for one in outcomes if one.kind == EMPTY and one.good], 50)
    print(f"  {'':22} {'count':>7} {'p50':>8} {'p95':>8} {'p99':>8}   p50 to the empty view's")
    for kind in ("", *sorted({one.kind for one in outcomes})):
        took = [one.seconds for one in outcomes if one.good and kind in ("", one.kind)]
        shown = " ".join(f"{1000 * _percentile(took, share):5.0f} ms" for share in (50, 95, 99))
        print(f"  {kind or 'all':22} {len(took):7} {shown}   {_percentile(took, 50) / floor:.1f}")


def _memory(samples: Sequence[tuple[float, float, float]]) -> None:
    """At the quarters, and the slope over the second half, which warming up is no part of."""
    if len(samples) < 5:
        return
    places = [samples[round(share * (len(samples) - 1) / 4)] for share in range(5)]
    late = samples[len(samples) // 2 :]
    for name, column in (("gunicorn", 1), ("PostgreSQL", 2)):
        slope = statistics.linear_regression([one[0] for one in late], [one[column] for one in late]).slope
        shown = ", ".join(f"{one[column]:.0f}" for one in places)
        print(f"  memory of {name}, MB at each quarter: {shown}; second half {60 * slope:+.2f} MB a minute")


def _times(took: Sequence[float]) -> str:
    if not took:
        return ""
    return " ".join(f"p{share} {1000 * _percentile(took, share):.0f} ms" for share in (50, 95, 99))


def _faults(outcomes: Sequence[Outcome]) -> str:
    found = Counter(one.fault or str(one.status) for one in outcomes if not one.good and not one.refused)
    return ", ".join(f"{fault}: {count}" for fault, count in found.most_common())


def _errors(outcomes: Sequence[Outcome]) -> int:
    return sum(not one.good for one in outcomes)


def _percentile(took: Sequence[float], share: int) -> float:
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else float("nan")


def _only_empty() -> Iterator[Ask]:
    while True:
        yield Ask(EMPTY, "/healthz")


if __name__ == "__main__":
    sys.exit(main())
