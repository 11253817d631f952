"""A bot that knows many people, each with a language and a state, kept where each framework's guide keeps them first.

Arguments: the framework, the token, the base URL of the Bot API server, how many people.
"""

import asyncio
import sys

FIRST = 900_000_000


def aiogram(token: str, url: str, count: int) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.fsm.storage.base import StorageKey
    from aiogram.fsm.storage.memory import MemoryStorage

    async def run() -> None:
        bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        storage = MemoryStorage()
        for person in range(FIRST, FIRST + count):
            key = StorageKey(bot_id=bot.id, chat_id=person, user_id=person)
            await storage.set_state(key, "Count:counting")
            await storage.set_data(key, {"language": "ru", "messages": 1})
        await Dispatcher(storage=storage).start_polling(bot)

    asyncio.run(run())


def python_telegram_bot(token: str, url: str, count: int) -> None:
    from telegram.ext import ApplicationBuilder

    application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
    for person in range(FIRST, FIRST + count):
        application.user_data[person].update(language="ru", state="counting", messages=1)
    application.run_polling()


def py_telegram_bot_api(token: str, url: str, count: int) -> None:
    from telebot import TeleBot, apihelper

    apihelper.API_URL = url + "/bot{0}/{1}"
    bot = TeleBot(token)
    for person in range(FIRST, FIRST + count):
        bot.set_state(person, "counting", person)
        bot.add_data(person, person, language="ru", messages=1)
    bot.infinity_polling()


FRAMEWORKS = {
    "aiogram": aiogram,
    "python-telegram-bot": python_telegram_bot,
    "pyTelegramBotAPI": py_telegram_bot_api,
}

FRAMEWORKS[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4]))
