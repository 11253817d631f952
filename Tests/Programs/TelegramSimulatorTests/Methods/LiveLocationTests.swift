import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct LiveLocationTests {
    @Test func `a place moves until it is stopped or its time is over`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendLocation",
                #"{"chat_id":501,"latitude":52.5,"longitude":13.4,"live_period":120,"heading":90,"horizontal_accuracy":12.2}"#
            )
            #expect(sent.result["location"]?["live_period"]?.integer == 120)
            #expect(sent.result["location"]?["heading"]?.integer == 90)
            #expect(sent.result["location"]?["horizontal_accuracy"]?.double == 13)
            let id = sent.result["message_id"]?.integer ?? 0
            let target = #""chat_id":501,"message_id":\#(id)"#
            let moved = try await stage.call(
                "editMessageLiveLocation", #"{\#(target),"latitude":52.6,"longitude":13.4}"#)
            #expect(moved.result["location"]?["latitude"]?.double == 52.6)
            #expect(moved.result["location"]?["heading"] == nil)
            let same = try await stage.call(
                "editMessageLiveLocation", #"{\#(target),"latitude":52.6,"longitude":13.4}"#)
            #expect(same.description?.hasPrefix("Bad Request: message is not modified") == true)
            let stopped = try await stage.call("stopMessageLiveLocation", "{\(target)}")
            #expect(stopped.result["location"]?["live_period"] == nil)
            #expect(
                try await stage.call("stopMessageLiveLocation", "{\(target)}").description
                    == "Bad Request: message can't be edited")
        }
    }

    @Test func `a place that has ended cannot be moved`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendLocation", #"{"chat_id":501,"latitude":1,"longitude":2,"live_period":60}"#)
            stage.time.advance(by: .seconds(60))
            let reply = try await stage.call(
                "editMessageLiveLocation",
                #"{"chat_id":501,"message_id":\#(sent.result["message_id"]?.integer ?? 0),"latitude":1,"longitude":3}"#)
            #expect(reply.description == "Bad Request: message can't be edited")
        }
    }

    @Test(
        arguments: [
            (#""longitude":1"#, "latitude is empty"), (#""latitude":91,"longitude":1"#, "invalid location specified"),
            (#""latitude":"x","longitude":1"#, "invalid location specified"),
            (#""latitude":91,"longitude":1,"live_period":60"#, "invalid live location specified"),
            (#""latitude":1,"longitude":1,"live_period":59"#, "wrong live location period specified"),
            (#""latitude":1,"longitude":1,"live_period":86401"#, "wrong live location period specified"),
            (#""latitude":1,"longitude":1,"live_period":60,"heading":361"#, "wrong live location heading specified"),
            (
                #""latitude":1,"longitude":1,"live_period":60,"proximity_alert_radius":100001"#,
                "wrong live location proximity alert radius specified"
            ),
        ] as [(String, String)])
    func `places that cannot be are refused`(fields: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call("sendLocation", #"{"chat_id":501,\#(fields)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test func `a text has no place to move`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#)
            let reply = try await stage.call(
                "editMessageLiveLocation",
                #"{"chat_id":501,"message_id":\#(sent.result["message_id"]?.integer ?? 0),"latitude":1,"longitude":3}"#)
            #expect(reply.description == "Bad Request: there is no live location in the message to edit")
        }
    }
}
