"""A bare aiohttp server that answers every GET on / with a small JSON body; its port is the argument."""

import sys

from aiohttp import web

BODY = b'{"ok":true,"result":[]}'


async def answer(request: web.Request) -> web.Response:
    return web.Response(body=BODY, content_type="application/json")


app = web.Application()
app.router.add_get("/", answer)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
