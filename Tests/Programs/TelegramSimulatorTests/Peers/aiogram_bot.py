"""A small bot on aiogram, unchanged but for the base URL: python aiogram_bot.py URL TOKEN"""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand, BufferedInputFile, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto,
    KeyboardButton, Message, ReplyKeyboardMarkup,
)

dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def start(message: Message):
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Press", callback_data="pressed:1")]])
    await message.answer(f"Hello, <b>{message.from_user.first_name}</b>", parse_mode="HTML", reply_markup=keyboard)


@dispatcher.message(Command("menu"))
async def menu(message: Message):
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="One"), KeyboardButton(text="Two")]])
    await message.reply("choose", reply_markup=keyboard)


@dispatcher.callback_query(F.data.startswith("pressed:"))
async def pressed(query: CallbackQuery):
    await query.answer("noted")
    await query.message.edit_text("edited after the press")


@dispatcher.message(F.photo)
async def photo(message: Message, bot: Bot):
    data = (await bot.download(message.photo[-1])).read()
    media = [
        InputMediaPhoto(media=BufferedInputFile(data, f"{number}.jpg"), caption=f"album {message.photo[-1].width}")
        for number in range(2)
    ]
    await message.answer_media_group(media)


@dispatcher.message(F.text)
async def echo(message: Message):
    await message.answer("echo: " + message.text)


async def main():
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    bot = Bot(sys.argv[2], session=session)
    await bot.set_my_commands([BotCommand(command="start", description="Begin")])
    await dispatcher.start_polling(bot, handle_signals=False)


asyncio.run(main())
