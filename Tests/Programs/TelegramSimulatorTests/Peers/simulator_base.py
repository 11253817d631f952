"""A pytest plugin that lets the suites of other frameworks talk to the simulator: it changes the base URL, no more."""

import os

BASE = os.environ["SIMULATOR"]
CLOUD = "https://api.telegram.org"


def with_base(start):
    def started(self, token, base_url=CLOUD + "/bot", base_file_url=CLOUD + "/file/bot", *rest, **named):
        def moved(url):
            # The second class calls the first, whose base URL has been changed by then.
            is_cloud = isinstance(url, str) and url.startswith(CLOUD)
            return BASE + url.removeprefix(CLOUD) if is_cloud else url

        start(self, token, moved(base_url), moved(base_file_url), *rest, **named)

    return started


try:
    from telebot import apihelper

    apihelper.API_URL = BASE + "/bot{0}/{1}"
    apihelper.FILE_URL = BASE + "/file/bot{0}/{1}"
except ImportError:
    pass

try:
    import telegram
    import telegram.ext

    for kind in (telegram.Bot, telegram.ext.ExtBot):
        kind.__init__ = with_base(kind.__init__)
except ImportError:
    pass
