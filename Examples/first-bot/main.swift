import BotKit
import SQLiteStorage

/// What the buttons below a roll carry: how many sides to roll again.
struct Roll: CallbackPayload {
    var sides: Int
}

func roll(_ sides: Int) -> FormattedText {
    "🎲 \(bold: Int.random(in: 1...sides)) of \(sides)"
}

let again = InlineKeyboard {
    Row {
        for sides in [6, 12, 20] { Button("d\(sides)", Roll(sides: sides)) }
    }
}

let database = try await SQLiteDatabase.open(path: "first-bot.sqlite")
let bot = try Bot(database: database) { bot in
    bot.command("start", "Say hello") { ctx in
        try await ctx.reply("Hello, \(bold: ctx.name)! Send /roll 20, or just talk to me.")
    }
    bot.command("roll", "Roll dice", usage: "20") { (ctx, sides: Int?) in
        try await ctx.reply(roll(max(2, sides ?? 6)), keyboard: again)
    }
    bot.press(Roll.self) { ctx, press in
        try await ctx.edit(roll(press.sides), keyboard: again)
    }
    bot.text { ctx, text in
        try await ctx.reply("You said: \(italic: text)", quoting: true)
    }
}
try await bot.run()
await database.close()
