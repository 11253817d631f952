/// `sendLocation`, `sendVenue` and `sendContact`.
enum SendPlace {
    static let location: Handler = { (world, call) throws(APIError) in
        let live = try LiveLocationArgument.parse(call.arguments, now: world.now)
        let send = try SendArguments.parse(
            call, in: &world,
            rights: [SendingRight("can_send_messages", live == nil ? "locations" : "live locations")])
        if let live { return world.answer(world.send(.live(live), send, by: call.bot), in: send.key) }
        let (latitude, longitude) = try coordinates(call.arguments)
        return world.answer(
            world.send(
                .location(
                    latitude: latitude, longitude: longitude,
                    accuracy: LiveLocationArgument.accuracy(call.arguments)),
                send, by: call.bot), in: send.key)
    }

    static let venue: Handler = { (world, call) throws(APIError) in
        let (latitude, longitude) = try coordinates(call.arguments)
        let title = call.arguments["title"]
        if title.isEmpty { throw .badRequest("venue title must be non-empty") }
        let send = try SendArguments.parse(call, in: &world, rights: [SendingRight("can_send_messages", "venues")])
        let source = VenueSource { call.arguments[$0].isEmpty ? nil : call.arguments[$0] }
        let venue = Content.venue(
            latitude: latitude, longitude: longitude, title: title, address: call.arguments["address"], source: source)
        return world.answer(world.send(venue, send, by: call.bot), in: send.key)
    }

    static let contact: Handler = { (world, call) throws(APIError) in
        let phone = try call.arguments.required("phone_number")
        let firstName = try call.arguments.required("first_name")
        let lastName = call.arguments["last_name"]
        let vcard = call.arguments["vcard"]
        if vcard.utf8.count > 2048 { throw .badRequest("VCARD_TOO_LONG") }
        let send = try SendArguments.parse(call, in: &world, rights: [SendingRight("can_send_messages", "contacts")])
        return world.answer(
            world.send(
                .contact(
                    phone: phone, firstName: firstName, lastName: lastName.isEmpty ? nil : lastName, user: nil,
                    vcard: vcard.isEmpty ? nil : vcard),
                send, by: call.bot), in: send.key)
    }

    private static func coordinates(_ arguments: Arguments) throws(APIError) -> (Double, Double) {
        try Coordinates.parse(arguments, "invalid location specified")
    }
}
