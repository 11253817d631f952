"""A small bot on pyTelegramBotAPI, unchanged but for the base URL: python telebot_bot.py URL TOKEN

This framework puts all arguments into the query string and sends an empty body, except where it sends files.
"""

import sys

import telebot
from telebot import apihelper, types

url, token = sys.argv[1:3]
apihelper.API_URL = url + "/bot{0}/{1}"
apihelper.FILE_URL = url + "/file/bot{0}/{1}"
bot = telebot.TeleBot(token, parse_mode=None)


@bot.message_handler(commands=["start"])
def start(message):
    keyboard = types.InlineKeyboardMarkup([[types.InlineKeyboardButton("Press", callback_data="pressed:1")]])
    name = message.from_user.first_name
    bot.send_message(message.chat.id, f"Hello, <b>{name}</b>", parse_mode="HTML", reply_markup=keyboard)


@bot.message_handler(commands=["menu"])
def menu(message):
    keyboard = types.ReplyKeyboardMarkup(resize_keyboard=True)
    keyboard.row("One", "Two")
    bot.reply_to(message, "choose", reply_markup=keyboard)


@bot.callback_query_handler(lambda query: query.data.startswith("pressed:"))
def pressed(query):
    bot.answer_callback_query(query.id, "noted")
    bot.edit_message_text("edited after the press", query.message.chat.id, query.message.message_id)


@bot.message_handler(content_types=["photo"])
def photo(message):
    size = message.photo[-1]
    data = bot.download_file(bot.get_file(size.file_id).file_path)
    bot.send_media_group(
        message.chat.id, [types.InputMediaPhoto(types.InputFile(data_file(data)), caption=f"album {size.width}")
                          for _ in range(2)])


def data_file(data):
    import io

    file = io.BytesIO(data)
    file.name = "p.jpg"
    return file


@bot.message_handler(content_types=["text"])
def echo(message):
    bot.send_message(message.chat.id, "echo: " + message.text)


bot.set_my_commands([types.BotCommand("start", "Begin")])
bot.infinity_polling(timeout=10, long_polling_timeout=10)
