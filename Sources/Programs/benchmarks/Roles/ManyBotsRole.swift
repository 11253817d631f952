import BotKit
import HTTPClient
import SQLiteStorage
import Support

/// Several echo bots in one process, with one database and one HTTP client.
struct ManyBotsRole {
    let url: String
    let path: String
    let count: Int

    func play() async throws {
        let database = try await SQLiteDatabase.open(path: path)
        // Each long poll holds a connection.
        var connections = HTTPClient.Configuration()
        connections.maximumConnectionsPerHost = max(connections.maximumConnectionsPerHost, 2 * count)
        connections.maximumConnections = max(connections.maximumConnections, 2 * count)
        let http = HTTPClient(connections)
        var configuration = BotConfiguration()
        configuration.apiURL = url
        let bots = try (0..<count).map { place in
            try Bot(
                token: Secret(SimulatorRole.token(place)), database: database, configuration: configuration, http: http
            ) { bot in
                bot.text { ctx, text in try await ctx.reply(text) }
            }
        }
        try await ServiceGroup(bots).run(until: Shutdown())
        await database.close()
    }
}
