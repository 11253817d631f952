"""Several echo bots in one process, as each framework's guide starts them.

Arguments: the framework, the base URL of the Bot API server, the tokens.
"""

import asyncio
import sys


def aiogram(url: str, tokens: list) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text)

    async def run() -> None:
        api = TelegramAPIServer.from_base(url)
        # A session each: one for all has a hundred connections, and each long poll holds one.
        await dispatcher.start_polling(*(Bot(token, session=AiohttpSession(api=api)) for token in tokens))

    asyncio.run(run())


def python_telegram_bot(url: str, tokens: list) -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, MessageHandler, filters

    async def echo(update: Update, context: object) -> None:
        await update.message.reply_text(update.message.text)

    async def run() -> None:
        for token in tokens:
            application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
            application.add_handler(MessageHandler(filters.TEXT, echo))
            await application.initialize()
            await application.start()
            await application.updater.start_polling()
        await asyncio.Event().wait()

    asyncio.run(run())


def py_telegram_bot_api_async(url: str, tokens: list) -> None:
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot
    from telebot.types import Message

    asyncio_helper.API_URL = url + "/bot{0}/{1}"
    # The session is one for all, and each long poll holds a connection.
    asyncio_helper.REQUEST_LIMIT = 10 * len(tokens) + 50

    def bot(token: str) -> AsyncTeleBot:
        made = AsyncTeleBot(token)

        @made.message_handler(func=lambda message: True)
        async def echo(message: Message) -> None:
            await made.send_message(message.chat.id, message.text)

        return made

    async def run() -> None:
        await asyncio.gather(*(bot(token).polling(non_stop=True) for token in tokens))

    asyncio.run(run())


FRAMEWORKS = {
    "aiogram": aiogram,
    "python-telegram-bot": python_telegram_bot,
    "pyTelegramBotAPI-async": py_telegram_bot_api_async,
}

FRAMEWORKS[sys.argv[1]](sys.argv[2], sys.argv[3:])
