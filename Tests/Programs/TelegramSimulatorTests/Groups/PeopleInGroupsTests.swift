import JSON
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct PeopleInGroupsTests {
    @Test func `a person adds the bot, removes it and takes it back, and it is told each time`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            try await alice.add(Stage.bot, to: Stage.group)
            try await alice.kick(Stage.bot, from: Stage.group)
            try await alice.add(Stage.bot, to: Stage.group)
            let changes = try await stage.updates().compactMap { $0["my_chat_member"] }
            #expect(changes.map { $0["old_chat_member"]?["status"]?.string } == ["left", "member", "left"])
            #expect(changes.map { $0["new_chat_member"]?["status"]?.string } == ["member", "left", "member"])
            #expect(changes.allSatisfy { $0["from"]?["id"]?.integer == Stage.alice })
        }
    }

    @Test func `a supergroup remembers those it has removed`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            try await alice.add(Stage.bot, to: Stage.group)
            let group = try await alice.upgrade(Stage.group)
            try await alice.kick(Stage.bot, from: group)
            let changes = try await stage.updates().compactMap { $0["my_chat_member"] }
            #expect(changes.last?["new_chat_member"]?["status"]?.string == "kicked")
            let reply = try await stage.call("sendMessage", #"{"chat_id":\#(group),"text":"x"}"#)
            #expect(reply.description == "Forbidden: bot was kicked from the supergroup chat")
            #expect(reply.status == 403)
        }
    }

    @Test func `an upgrade is told on both sides and the old group points to the new one`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            try await alice.add(Stage.bot, to: Stage.group)
            let group = try await alice.upgrade(Stage.group)
            let notes = try await stage.updates().compactMap { $0["message"] }
            let from = notes.first { $0["migrate_to_chat_id"] != nil }
            #expect(from?["chat"]?["id"]?.integer == Stage.group)
            #expect(from?["migrate_to_chat_id"]?.integer == group)
            let to = notes.first { $0["migrate_from_chat_id"] != nil }
            #expect(to?["chat"]?["id"]?.integer == group)
            #expect(to?["chat"]?["type"]?.string == "supergroup")
            // The old group may still be looked at.
            let old = try await stage.call("getChat", #"{"chat_id":\#(Stage.group)}"#)
            #expect(old.result["title"]?.string == "Friends")
            for method in ["sendMessage", "sendChatAction", "getChatMemberCount", "leaveChat"] {
                let reply = try await stage.call(
                    method, #"{"chat_id":\#(Stage.group),"text":"x","action":"typing"}"#)
                #expect(reply.status == 400)
                #expect(reply.json["parameters"]?["migrate_to_chat_id"]?.integer == group)
            }
        }
    }

    @Test func `an anonymous administrator writes as the group`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            try await alice.add(Stage.bot, to: Stage.group)
            let group = try await alice.upgrade(Stage.group)
            try await alice.promote(Stage.alice, in: group, to: "administrator", isAnonymous: true)
            let written = try await alice.say("/settings@test_bot", to: group)
            let message = try #require(try await stage.updates().last?["message"])
            #expect(message["from"]?["id"]?.integer == 1_087_968_824)
            #expect(message["from"]?["username"]?.string == "GroupAnonymousBot")
            #expect(message["from"]?["is_bot"]?.bool == true)
            #expect(message["sender_chat"]?["id"]?.integer == group)
            #expect(written.view["out"]?.boolValue == true)
        }
    }

    @Test func `people write in the name of their own channel and of no other`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            let boris = SimulatedPerson(Stage.boris, at: stage.url, http: stage.http)
            try await alice.add(Stage.bot, to: Stage.group)
            try await alice.promote(Stage.bot, in: Stage.group, to: "administrator")
            try await alice.say("hello", to: Stage.group, as: Stage.channel)
            let message = try #require(try await stage.updates().last?["message"])
            #expect(message["from"]?["username"]?.string == "Channel_Bot")
            #expect(message["sender_chat"]?["type"]?.string == "channel")
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await boris.say("hello", to: Stage.group, as: Stage.channel)
            }
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await boris.say("hello", to: Stage.group, as: Stage.group)
            }
        }
    }

    @Test func `people are shown to the bot with what the button asks for`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            let keyboard =
                #"{"keyboard":[[{"text":"Who?","request_users":{"request_id":7,"user_is_bot":false,"max_quantity":2,"request_name":true}}]]}"#
            _ = try await stage.call("sendMessage", #"{"chat_id":501,"text":"x","reply_markup":\#(keyboard)}"#)
            try await alice.press(keyboard: "Who?", in: Stage.bot, ["users": [502, 501]])
            let shared = try #require(try await stage.updates().last?["message"]?["users_shared"])
            #expect(shared["request_id"]?.integer == 7)
            #expect(shared["users"]?.array?.compactMap { $0["user_id"]?.integer } == [502, 501])
            #expect(shared["users"]?.array?.first?["first_name"]?.string == "Борис")
            #expect(shared["users"]?.array?.first?["username"] == nil)
            for users in ["[]", "[7001]", "[501,502,503]", "[999]"] {
                await #expect(throws: Stage.Refused.self) {
                    try await stage.act("press", #"{"user":501,"chat":7001,"row":0,"column":0,"users":\#(users)}"#)
                }
            }
        }
    }

    @Test func `a chat is shown to the bot, which is added where the button says so`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            let keyboard =
                #"{"keyboard":[[{"text":"Where?","request_chat":{"request_id":8,"chat_is_channel":false,"bot_is_member":true,"request_title":true}}]]}"#
            _ = try await stage.call("sendMessage", #"{"chat_id":501,"text":"x","reply_markup":\#(keyboard)}"#)
            try await alice.press(keyboard: "Where?", in: Stage.bot, ["shared_chat": .integer(Stage.group)])
            let updates = try await stage.updates()
            let shared = try #require(updates.last?["message"]?["chat_shared"])
            #expect(shared["chat_id"]?.integer == Stage.group)
            #expect(shared["title"]?.string == "Friends")
            #expect(updates.contains { $0["my_chat_member"]?["chat"]?["id"]?.integer == Stage.group })
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await alice.press(keyboard: "Where?", in: Stage.bot, ["shared_chat": .integer(Stage.channel)])
            }
        }
    }

    @Test func `a person makes the poll that a button asks for`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            _ = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"keyboard":[[{"text":"Quiz","request_poll":{"type":"quiz"}}]]}}"#
            )
            try await alice.press(
                keyboard: "Quiz", in: Stage.bot, ["poll": ["question": "2 + 2?", "options": ["3", "4"], "correct": 1]])
            let poll = try #require(try await stage.updates().last?["message"]?["poll"])
            #expect(poll["type"]?.string == "quiz" && poll["correct_option_id"]?.integer == 1)
            #expect(poll["options"]?.array?.compactMap { $0["text"]?.string } == ["3", "4"])
        }
    }

    @Test func `blocking and unblocking is told once each`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            try await alice.block(Stage.bot)
            try await alice.block(Stage.bot)
            let refused = try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#)
            #expect(refused.description == "Forbidden: bot was blocked by the user")
            try await alice.block(Stage.bot, false)
            let changes = try await stage.updates().compactMap { $0["my_chat_member"] }
            #expect(changes.map { $0["new_chat_member"]?["status"]?.string } == ["kicked", "member"])
            #expect(try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#).status == 200)
        }
    }
}
