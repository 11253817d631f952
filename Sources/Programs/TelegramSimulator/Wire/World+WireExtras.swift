extension World {
    /// Writes a live location; once it has ended it is a place like others.
    func write(_ place: LiveLocation, to writer: inout WireWriter) {
        let isLive = place.ends > now
        writer.field(
            "location",
            object: { writer in
                writer.field("latitude", place.latitude)
                writer.field("longitude", place.longitude)
                if let accuracy = place.accuracy { writer.field("horizontal_accuracy", accuracy) }
                guard isLive else { return }
                writer.field("live_period", place.period)
                writer.field("heading", place.heading)
                writer.field("proximity_alert_radius", place.alertRadius)
            })
    }

    func write(_ game: GameCard, to writer: inout WireWriter) {
        writer.field(
            "game",
            object: { writer in
                writer.field("title", game.title)
                writer.field("description", game.description)
                writer.field("photo", [Int]()) { $0.integer($1) }
                if let text = game.text { write(text, "text", "text_entities", to: &writer) }
            })
    }

    /// Writes paid media as the bot that sent them sees them: without a cover.
    func write(_ paid: PaidMedia, to writer: inout WireWriter) {
        writer.field(
            "paid_media",
            object: { writer in
                writer.field("star_count", paid.stars)
                writer.field("paid_media", paid.items) { writer, item in
                    writer.object { writer in
                        writer.field("type", item.kind.rawValue)
                        write(item, to: &writer)
                    }
                }
            })
    }
}
