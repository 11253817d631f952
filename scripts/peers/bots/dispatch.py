"""Decodes and dispatches updates from a file with a bot framework, and prints how many a second of CPU time.

Twenty command handlers are declared, and the updates fit the last. Nothing goes over a network.
Arguments: the framework, the file with an update per line, how many updates.
"""

import asyncio
import json
import sys
import time

TOKEN = "7001:AAAAAAAAAAAAAAAAAAAAAAAA"
COMMANDS = [f"command{number}" for number in range(1, 21)]

handled = 0


async def aiogram(texts: list[str]) -> float:
    from aiogram import Bot, Dispatcher
    from aiogram.filters import Command
    from aiogram.types import Message, Update

    bot = Bot(TOKEN)
    dispatcher = Dispatcher()

    async def handle(message: Message) -> None:
        global handled
        handled += 1

    for command in COMMANDS:
        dispatcher.message.register(handle, Command(command))
    start = time.process_time()
    for text in texts:
        update = Update.model_validate(json.loads(text), context={"bot": bot})
        await dispatcher.feed_update(bot, update)
    return time.process_time() - start


async def python_telegram_bot(texts: list[str]) -> float:
    from telegram import Update, User
    from telegram.ext import ApplicationBuilder, CommandHandler

    application = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None).build()
    # What initialising would ask Telegram for.
    application.bot._bot_user = User(7001, "Bench", True, username="bench_bot")
    application._initialized = True

    async def handle(update: Update, context: object) -> None:
        global handled
        handled += 1

    for command in COMMANDS:
        application.add_handler(CommandHandler(command, handle))
    start = time.process_time()
    for text in texts:
        update = Update.de_json(json.loads(text), application.bot)
        await application.process_update(update)
    return time.process_time() - start


async def py_telegram_bot_api(texts: list[str]) -> float:
    from telebot import TeleBot
    from telebot.types import Message, Update

    bot = TeleBot(TOKEN, threaded=False)

    def handle(message: Message) -> None:
        global handled
        handled += 1

    for command in COMMANDS:
        bot.register_message_handler(handle, commands=[command])
    start = time.process_time()
    for text in texts:
        bot.process_new_updates([Update.de_json(text)])
    return time.process_time() - start


FRAMEWORKS = {
    "aiogram": aiogram,
    "python-telegram-bot": python_telegram_bot,
    "pyTelegramBotAPI": py_telegram_bot_api,
}


def main(framework: str, path: str, count: int) -> None:
    global handled
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    texts = [lines[index % len(lines)] for index in range(count)]
    run = FRAMEWORKS[framework]
    # Imports and what is made at the first use do not count.
    asyncio.run(run(texts[: count // 20]))
    handled = 0
    seconds = asyncio.run(run(texts))
    if handled != count:
        sys.exit(f"{handled} of {count} updates were handled")
    print(count / seconds)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
