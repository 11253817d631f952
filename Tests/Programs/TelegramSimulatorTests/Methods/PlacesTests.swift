import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct PlacesTests {
    @Test func `a location, a venue and a contact are sent`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let location = try await stage.call("sendLocation", #"{"chat_id":501,"latitude":52.52,"longitude":13.4}"#)
            #expect(location.result["location"]?["latitude"]?.double == 52.52)
            let venue = try await stage.call(
                "sendVenue", #"{"chat_id":501,"latitude":52.52,"longitude":13.4,"title":"Café","address":"Street 1"}"#)
            #expect(venue.result["venue"]?["title"]?.string == "Café")
            #expect(venue.result["venue"]?["location"]?["longitude"]?.double == 13.4)
            #expect(venue.result["location"]?["longitude"]?.double == 13.4)
            let contact = try await stage.call(
                "sendContact", #"{"chat_id":501,"phone_number":"+491234","first_name":"Ada","last_name":"L"}"#)
            #expect(contact.result["contact"]?["phone_number"]?.string == "+491234")
            #expect(contact.result["contact"]?["last_name"]?.string == "L")
            let seen = try await stage.view("chats/7001/messages?user=501")["messages"]?.array ?? []
            #expect(seen.suffix(2).first?["location"]?["title"]?.string == "Café")
            #expect(seen.last?["contact"]?["phone"]?.string == "+491234")
        }
    }

    @Test(arguments: [
        ("sendLocation", #""latitude":91,"longitude":0"#, "invalid location specified"),
        ("sendLocation", #""latitude":"x","longitude":0"#, "invalid location specified"),
        ("sendVenue", #""latitude":1,"longitude":1"#, "venue title must be non-empty"),
        ("sendContact", #""first_name":"A""#, "parameter \"phone_number\" is required"),
        ("sendContact", #""phone_number":"1""#, "parameter \"first_name\" is required"),
    ])
    func `what is missing or wrong is named`(method: String, rest: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(method, #"{"chat_id":501,\#(rest)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test(arguments: [("12.2", 13.0), ("9000", 1500), ("0", nil), ("-1", nil), ("x", nil)] as [(String, Double?)])
    func `a place is as exact as its sender says`(accuracy: String, metres: Double?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendLocation", #"{"chat_id":501,"latitude":1,"longitude":2,"horizontal_accuracy":"\#(accuracy)"}"#)
            #expect(sent.status == 200)
            #expect(sent.result["location"]?["horizontal_accuracy"]?.double == metres)
        }
    }

    @Test func `a person answers a location button with a place of their choice`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"keyboard":[[{"text":"Here","request_location":true},{"text":"Me","request_contact":true}]]}}"#
            )
            try await stage.act(
                "press",
                #"{"user":501,"chat":7001,"row":0,"column":0,"location":{"latitude":1.5,"longitude":-2.5}}"#)
            let place = try #require(try await stage.updates().last?["message"]?["location"])
            #expect(place["latitude"]?.double == 1.5)
            #expect(place["longitude"]?.double == -2.5)
            try await stage.act("press", #"{"user":501,"chat":7001,"row":0,"column":1,"phone":"+7900"}"#)
            let contact = try #require(try await stage.updates().last?["message"]?["contact"])
            #expect(contact["phone_number"]?.string == "+7900")
            #expect(contact["user_id"]?.integer == 501)
        }
    }
}
