"""Sends requests with aiohttp for some seconds, many at once, and prints how many a second were answered.

Arguments: the URL, the seconds, the number in flight.
"""

import asyncio
import sys
import time

import aiohttp


async def main(url: str, seconds: float, flight: int) -> None:
    end = time.monotonic() + seconds
    count = 0

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal count
        while time.monotonic() < end:
            async with session.get(url) as response:
                await response.read()
            count += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=flight)) as session:
        start = time.monotonic()
        await asyncio.gather(*(work(session) for _ in range(flight)))
        print(count / (time.monotonic() - start))


asyncio.run(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
