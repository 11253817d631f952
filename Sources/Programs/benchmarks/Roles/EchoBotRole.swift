import BotKit
import SQLiteStorage
import Support

/// A bot that says again what it was told, with its updates in a database as every bot has them.
enum EchoBotRole {
    static func play(token: String, url: String, path: String) async throws {
        let database = try await SQLiteDatabase.open(path: path)
        var configuration = BotConfiguration()
        configuration.apiURL = url
        let bot = try Bot(token: Secret(token), database: database, configuration: configuration) { bot in
            bot.text { ctx, text in try await ctx.reply(text) }
        }
        try await bot.run()
        await database.close()
    }
}
