import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct PollDetailTests {
    @Test func `a poll says what it is about and for whom it is`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendPoll",
                #"{"chat_id":501,"question":"Q","options":["a"],"description":"<b>why</b>","description_parse_mode":"HTML","members_only":true,"country_codes":["de","FR"]}"#
            )
            let poll = try #require(sent.result["poll"])
            #expect(poll["description"]?.string == "why")
            #expect(poll["description_entities"]?.array?.first?["type"]?.string == "bold")
            #expect(poll["members_only"] == .bool(true))
            #expect(poll["country_codes"]?.array?.compactMap(\.string) == ["DE", "FR"])
        }
    }

    @Test func `votes are hidden from people, not from the bot, until the end where it says so`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendPoll",
                #"{"chat_id":501,"question":"Q","options":["a","b"],"hide_results_until_closes":true}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let voted = try await stage.act("vote", #"{"user":501,"chat":7001,"message":\#(id),"options":[1]}"#)
            #expect(voted["message"]?["poll"]?["options"]?.array?[1]["votes"]?.integer == 0)
            #expect(try await stage.updates().last?["poll"]?["total_voter_count"]?.integer == 1)
            let stopped = try await stage.call("stopPoll", #"{"chat_id":501,"message_id":\#(id)}"#)
            #expect(stopped.result["options"]?.array?[1]["voter_count"]?.integer == 1)
            let seen = try await stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(seen?["poll"]?["options"]?.array?[1]["votes"]?.integer == 1)
        }
    }

    @Test func `a card comes with a contact`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendContact", #"{"chat_id":501,"phone_number":"1","first_name":"A","vcard":"BEGIN:VCARD"}"#)
            #expect(sent.result["contact"]?["vcard"]?.string == "BEGIN:VCARD")
        }
    }
}
