/// Reads `latitude` and `longitude`.
enum Coordinates {
    static func parse(_ arguments: Arguments, _ refusal: String) throws(APIError) -> (Double, Double) {
        for name in ["latitude", "longitude"] where arguments[name].trimmingSpaces().isEmpty {
            throw .badRequest("\(name) is empty")
        }
        guard let latitude = Double(arguments["latitude"].trimmingSpaces()),
            let longitude = Double(arguments["longitude"].trimmingSpaces()), (-90...90).contains(latitude),
            (-180...180).contains(longitude)
        else { throw .badRequest(refusal) }
        return (latitude, longitude)
    }
}

/// Reads a place that moves.
enum LiveLocationArgument {
    static let forEver = Int64(Int32.max)

    /// The live location of a call, `nil` where it is an ordinary one.
    static func parse(_ arguments: Arguments, now: Int64) throws(APIError) -> LiveLocation? {
        let period = arguments.int64("live_period")
        if period == 0 {
            _ = try Coordinates.parse(arguments, "invalid location specified")
            return nil
        }
        let (latitude, longitude) = try Coordinates.parse(arguments, "invalid live location specified")
        guard (60...86_400).contains(period) || period == forEver else {
            throw .badRequest("wrong live location period specified")
        }
        var place = LiveLocation(latitude: latitude, longitude: longitude, period: period, ends: end(period, now))
        try describe(&place, arguments)
        return place
    }

    static func end(_ period: Int64, _ now: Int64) -> Int64 { period == forEver ? .max : now + period }

    static func describe(_ place: inout LiveLocation, _ arguments: Arguments) throws(APIError) {
        let heading = arguments.int64("heading")
        guard (0...360).contains(heading) else { throw .badRequest("wrong live location heading specified") }
        let radius = arguments.int64("proximity_alert_radius")
        guard (0...100_000).contains(radius) else {
            throw .badRequest("wrong live location proximity alert radius specified")
        }
        place.heading = heading > 0 ? heading : nil
        place.alertRadius = radius > 0 ? radius : nil
        place.accuracy = accuracy(arguments)
    }

    /// How far off a place may be, in whole metres.
    static func accuracy(_ arguments: Arguments) -> Double? {
        guard let accuracy = Double(arguments["horizontal_accuracy"].trimmingSpaces()), accuracy > 0 else { return nil }
        return min(1500, accuracy.rounded(.up))
    }
}

/// `editMessageLiveLocation` and `stopMessageLiveLocation`.
enum EditLiveLocation {
    static let move: Handler = { (world, call) throws(APIError) in
        let (latitude, longitude) = try Coordinates.parse(call.arguments, "invalid live location specified")
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let (found, old) = try target(call, world)
        var place = old
        place.latitude = latitude
        place.longitude = longitude
        try LiveLocationArgument.describe(&place, call.arguments)
        let period = call.arguments.int64("live_period")
        if period != 0 {
            let date = world.message(found.place)?.date ?? world.now
            let ends = LiveLocationArgument.end(period, date)
            guard period > 0, ends > world.now, period == LiveLocationArgument.forEver || period <= 365 * 86_400 else {
                throw .badRequest("wrong live location period specified")
            }
            place.period = period
            place.ends = ends
        }
        return try EditTarget.apply(.live(place), keyboard, isSame: place == old, to: found, in: &world)
    }

    static let stop: Handler = { (world, call) throws(APIError) in
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let (found, old) = try target(call, world)
        var place = old
        place.ends = world.now
        place.heading = nil
        place.alertRadius = nil
        return try EditTarget.apply(.live(place), keyboard, isSame: false, to: found, in: &world)
    }

    private static func target(_ call: Call, _ world: World) throws(APIError) -> (EditTarget.Found, LiveLocation) {
        let found = try EditTarget.find(call, in: world)
        guard case .live(let place)? = world.message(found.place)?.content else {
            throw .badRequest("there is no live location in the message to edit")
        }
        guard place.ends > world.now else { throw .badRequest("message can't be edited") }
        return (found, place)
    }
}
