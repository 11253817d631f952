"""An echo bot that polls, written as each framework's own guide does and with its own defaults.

On loopback the defaults are also the fastest: python-telegram-bot answers more slowly with `concurrent_updates`, whose
calls wait for one another in its connection pool, pyTelegramBotAPI with more than two threads, and aiogram without a
task for each update.

Arguments: the framework, the token, the base URL of the Bot API server.
"""

import asyncio
import sys


def aiogram(token: str, url: str) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text)

    async def run() -> None:
        bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        await dispatcher.start_polling(bot)

    asyncio.run(run())


def python_telegram_bot(token: str, url: str) -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, MessageHandler, filters

    async def echo(update: Update, context: object) -> None:
        await update.message.reply_text(update.message.text)

    application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


def py_telegram_bot_api(token: str, url: str) -> None:
    from telebot import TeleBot, apihelper
    from telebot.types import Message

    apihelper.API_URL = url + "/bot{0}/{1}"
    bot = TeleBot(token)

    @bot.message_handler(func=lambda message: True)
    def echo(message: Message) -> None:
        bot.send_message(message.chat.id, message.text)

    bot.infinity_polling()


def py_telegram_bot_api_async(token: str, url: str) -> None:
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot
    from telebot.types import Message

    asyncio_helper.API_URL = url + "/bot{0}/{1}"
    bot = AsyncTeleBot(token)

    @bot.message_handler(func=lambda message: True)
    async def echo(message: Message) -> None:
        await bot.send_message(message.chat.id, message.text)

    asyncio.run(bot.infinity_polling())


FRAMEWORKS = {
    "aiogram": aiogram,
    "python-telegram-bot": python_telegram_bot,
    "pyTelegramBotAPI": py_telegram_bot_api,
    "pyTelegramBotAPI-async": py_telegram_bot_api_async,
}

FRAMEWORKS[sys.argv[1]](sys.argv[2], sys.argv[3])
