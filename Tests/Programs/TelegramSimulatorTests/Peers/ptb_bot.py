"""A small bot on python-telegram-bot, unchanged but for the base URL: python ptb_bot.py URL TOKEN"""

import sys

from telegram import (
    BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, KeyboardButton, ReplyKeyboardMarkup,
)
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters


async def start(update, context):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Press", callback_data="pressed:1")]])
    name = update.effective_user.first_name
    await update.message.reply_text(f"Hello, <b>{name}</b>", parse_mode="HTML", reply_markup=keyboard)


async def menu(update, context):
    await update.message.reply_text(
        "choose", reply_markup=ReplyKeyboardMarkup([[KeyboardButton("One"), KeyboardButton("Two")]]),
        do_quote=True)


async def pressed(update, context):
    await update.callback_query.answer("noted")
    await update.callback_query.edit_message_text("edited after the press")


async def photo(update, context):
    size = update.message.photo[-1]
    data = bytes(await (await size.get_file()).download_as_bytearray())
    await update.message.reply_media_group([InputMediaPhoto(data, caption=f"album {size.width}") for _ in range(2)])


async def echo(update, context):
    await update.message.reply_text("echo: " + update.message.text)


async def ready(application):
    await application.bot.set_my_commands([BotCommand("start", "Begin")])


url, token = sys.argv[1:3]
builder = Application.builder().token(token).base_url(url + "/bot").base_file_url(url + "/file/bot")
application = builder.post_init(ready).build()
application.add_handler(CommandHandler("start", start))
application.add_handler(CommandHandler("menu", menu))
application.add_handler(CallbackQueryHandler(pressed, pattern="^pressed:"))
application.add_handler(MessageHandler(filters.PHOTO, photo))
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling(stop_signals=None)
