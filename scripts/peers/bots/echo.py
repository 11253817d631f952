"""An echo bot that polls or is called, written as each framework's own guide does and with its own defaults.

On loopback the defaults are also the fastest: python-telegram-bot answers more slowly with `concurrent_updates`, whose
calls wait for one another in its connection pool, pyTelegramBotAPI with more than two threads, and aiogram without a
task for each update.

Arguments: the framework, the token, the base URL of the Bot API server; for a webhook its public URL, and the port of
loopback where it is really listened for.
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
        if WEBHOOK is None:
            return await dispatcher.start_polling(bot)
        from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
        from aiohttp import web

        application = web.Application()
        SimpleRequestHandler(dispatcher=dispatcher, bot=bot).register(application, path="/")
        setup_application(application, dispatcher, bot=bot)
        await serve(application)
        await bot.set_webhook(WEBHOOK[0])
        await asyncio.Event().wait()

    asyncio.run(run())


def python_telegram_bot(token: str, url: str) -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, MessageHandler, filters

    async def echo(update: Update, context: object) -> None:
        await update.message.reply_text(update.message.text)

    application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    if WEBHOOK is None:
        return application.run_polling()

    async def take(body: dict) -> None:
        await application.update_queue.put(Update.de_json(body, application.bot))

    async def run() -> None:
        async with application:
            await application.start()
            await serve(receiver(take))
            await application.bot.set_webhook(WEBHOOK[0])
            await asyncio.Event().wait()

    asyncio.run(run())


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
    from telebot.types import Message, Update

    asyncio_helper.API_URL = url + "/bot{0}/{1}"
    bot = AsyncTeleBot(token)

    @bot.message_handler(func=lambda message: True)
    async def echo(message: Message) -> None:
        await bot.send_message(message.chat.id, message.text)

    if WEBHOOK is None:
        return asyncio.run(bot.infinity_polling())

    async def take(body: dict) -> None:
        await bot.process_new_updates([Update.de_json(body)])

    async def run() -> None:
        await serve(receiver(take))
        await bot.set_webhook(WEBHOOK[0])
        await asyncio.Event().wait()

    asyncio.run(run())


def receiver(take):
    """A server for frameworks that leave it to the bot's author."""
    from aiohttp import web

    async def answer(request: web.Request) -> web.Response:
        await take(await request.json())
        return web.Response()

    application = web.Application()
    application.router.add_post("/", answer)
    return application


async def serve(application) -> None:
    from aiohttp import web

    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", WEBHOOK[1]).start()


FRAMEWORKS = {
    "aiogram": aiogram,
    "python-telegram-bot": python_telegram_bot,
    "pyTelegramBotAPI": py_telegram_bot_api,
    "pyTelegramBotAPI-async": py_telegram_bot_api_async,
}

WEBHOOK = (sys.argv[4], int(sys.argv[5])) if len(sys.argv) > 5 else None
FRAMEWORKS[sys.argv[1]](sys.argv[2], sys.argv[3])
