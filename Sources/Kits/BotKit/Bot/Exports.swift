// `import BotKit` is enough to write a bot: texts, Telegram's types, time and logging come along.
@_exported public import Markup
@_exported public import Support
@_exported public import TelegramAPI
