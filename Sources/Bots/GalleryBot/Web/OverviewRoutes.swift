internal import BotKit
internal import HTTP
internal import HTTPServer
internal import JSON
internal import PhotoLibraries
internal import Storage
internal import Support

/// What the owner's page shows, as JSON.
struct OverviewRoutes: Sendable {
    let database: any Database
    let thumbnails: Thumbnails
    let schedules: ScheduleQuery
    let owners: [Int64]
    /// Those whom the settings name.
    let configured: [Int64]
    let health: @Sendable () async -> [UpstreamHealth]
    /// How many photos the library has; nil while it does not answer.
    let librarySize: @Sendable () async -> Int?
    let time: any TimeSource
    let logger: Logger

    /// The spans over which votes can be shown.
    private static let spans = [30, 90, 365]

    func register(in router: inout Router.Group) {
        router.get("/overview") { request in
            let zone = Self.zone(request.query["zone"])
            let span = request.query["days"].flatMap { Int($0) } ?? 30
            guard Self.spans.contains(span) else { throw HTTPError(.badRequest, "days is 30, 90 or 365") }
            let language = request.query["lang"].flatMap(Language.init(tag:)) ?? .english
            let days = Days(span, until: time.now, in: zone)
            return .json(await overview(days, language).serialised())
        }
        router.get("/health") { _ in
            async let size = librarySize()
            let upstreams = await health().map(\.json)
            let body: JSONValue = [
                "library": await size.map { .integer(Int64($0)) } ?? .null, "upstreams": .array(upstreams),
            ]
            return .json(body.serialised())
        }
        router.get("/thumbnails/:number") { request in
            let number = try request.parameters.require("number", as: Int64.self)
            let photo = try await database.read { try RecentQuery().photoID(of: number, in: $0) }
            guard let photo, let bytes = await thumbnails.jpeg(of: photo) else { throw HTTPError(.notFound) }
            return .bytes(bytes, type: "image/jpeg")
        }
    }

    private func overview(_ days: Days, _ language: Language) async -> JSONValue {
        let figures = FiguresQuery(days: days)
        let (recent, votes) = (RecentQuery(), VotesQuery(days: days))
        let (galleries, people) = (GalleriesQuery(), PeopleQuery(owners: owners, configured: configured))
        let schedules = schedules
        return [
            "now": .integer(time.now.seconds), "zone": .string(days.zone.name),
            "figures": await part("figures") { try figures.figures(in: $0) },
            "rounds": await part("rounds") { try figures.rounds(in: $0) },
            "recent": await part("recent") { try recent.json(in: $0) },
            "votes": await part("votes") { try votes.json(in: $0) },
            "galleries": await part("galleries") { try galleries.json(in: $0) },
            "people": await part("people") { try people.json(in: $0) },
            "schedules": await part("schedules") { try schedules.json(language, in: $0) },
        ]
    }

    /// One part of the page; null where it cannot be read, so that the others are still to be seen.
    private func part(
        _ name: String, _ query: @escaping @Sendable (any SQLConnection) throws -> JSONValue
    ) async -> JSONValue {
        do {
            return try await database.read(query)
        } catch {
            logger.warning("a part of the owner's page", ["part": .string(name), "error": "\(error)"])
            return .null
        }
    }

    /// The zone of the person's browser; UTC for one that this machine does not know.
    private static func zone(_ name: String?) -> TimeZoneRules {
        do throws(TimeZoneError) {
            return try name.map { name throws(TimeZoneError) in try TimeZoneRules.named(name) } ?? .utc
        } catch {
            return .utc
        }
    }
}
