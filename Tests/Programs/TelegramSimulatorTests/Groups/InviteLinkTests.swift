import JSON
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct InviteLinkTests {
    private static let updates = #"{"allowed_updates":["message","chat_member","chat_join_request"]}"#

    @Test func `people join by a link until it is spent, and bots learn by which`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            _ = try await group.stage.updates(Self.updates)
            try await group.boris.act("leave", ["chat": .integer(group.id)])
            let link = try await group.result("createChatInviteLink", #""name":"Fair","member_limit":1"#)
            #expect(link["name"]?.string == "Fair")
            #expect(link["member_limit"]?.integer == 1)
            #expect(link["creates_join_request"]?.bool == false)
            #expect(link["is_primary"]?.bool == false)
            #expect(link["creator"]?["id"]?.integer == Stage.bot)
            let url = try #require(link["invite_link"]?.string)
            #expect(url.hasPrefix("https://t.me/+"))
            try await group.boris.act("join", ["link": .string(url)])
            let change = try await group.stage.updates().compactMap { $0["chat_member"] }.last
            #expect(change?["invite_link"]?["invite_link"]?.string == url)
            #expect(change?["via_join_request"] == nil)
            try await group.boris.act("leave", ["chat": .integer(group.id)])
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await group.boris.act("join", ["link": .string(url)])
            }
        }
    }

    @Test func `who asks to be let in is let in or not, and may be written to meanwhile`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            _ = try await group.stage.updates(Self.updates)
            try await group.boris.act("leave", ["chat": .integer(group.id)])
            let url =
                try await group.result("createChatInviteLink", #""creates_join_request":true"#)["invite_link"]?.string
                ?? ""
            let approve = #""user_id":502"#
            #expect(try await group.call("approveChatJoinRequest", approve) == "Bad Request: HIDE_REQUESTER_MISSING")
            try await group.boris.act("join", ["link": .string(url), "about": "I like trees"])
            let request = try #require(try await group.last()?["chat_join_request"])
            #expect(request["from"]?["id"]?.integer == Stage.boris)
            #expect(request["user_chat_id"]?.integer == Stage.boris)
            #expect(request["bio"]?.string == "I like trees")
            #expect(request["invite_link"]?["pending_join_request_count"]?.integer == 1)
            #expect(try await group.stage.call("sendMessage", #"{"chat_id":502,"text":"Why?"}"#).status == 200)
            #expect(try await group.call("declineChatJoinRequest", approve) == "ok")
            #expect(try await group.status(of: 502) == "left")
            let refused = try await group.stage.call("sendMessage", #"{"chat_id":502,"text":"Why?"}"#)
            #expect(refused.description == "Forbidden: bot can't initiate conversation with a user")
            try await group.boris.act("join", ["link": .string(url)])
            #expect(try await group.call("approveChatJoinRequest", approve) == "ok")
            #expect(try await group.status(of: 502) == "member")
            let change = try await group.stage.updates().compactMap { $0["chat_member"] }.last
            #expect(change?["via_join_request"]?.bool == true)
            #expect(try await group.call("approveChatJoinRequest", approve) == "Bad Request: USER_ALREADY_PARTICIPANT")
        }
    }

    @Test(
        arguments: [
            (
                #""creates_join_request":true,"member_limit":5"#,
                "Bad Request: member limit can't be specified for links requiring administrator approval"
            ), (#""expire_date":1"#, "Bad Request: EXPIRE_DATE_INVALID"),
            (#""member_limit":100000"#, "Bad Request: USAGE_LIMIT_INVALID"),
        ] as [(String, String)])
    func `links that cannot be are refused`(fields: String, description: String) async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call("createChatInviteLink", fields) == description)
        }
    }

    @Test func `an export replaces the primary link, a revoked link is dead`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            let first = try await group.result("exportChatInviteLink").string ?? ""
            let second = try await group.result("exportChatInviteLink").string ?? ""
            #expect(first != second)
            #expect(try await group.result("getChat")["invite_link"]?.string == second)
            try await group.boris.act("leave", ["chat": .integer(group.id)])
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await group.boris.act("join", ["link": .string(first)])
            }
            let edit = #""invite_link":"\#(second)","name":"x""#
            #expect(try await group.call("editChatInviteLink", edit) == "Bad Request: CHAT_INVITE_PERMANENT")
            let revoked = try await group.result("revokeChatInviteLink", #""invite_link":"\#(second)""#)
            #expect(revoked["is_revoked"]?.bool == true)
            #expect(
                try await group.call("revokeChatInviteLink", #""invite_link":"\#(second)""#)
                    == "Bad Request: INVITE_HASH_EXPIRED")
            let third = try await group.result("getChat")["invite_link"]?.string
            #expect(third != nil && third != second)
            #expect(
                try await group.call("revokeChatInviteLink", #""invite_link":"https://t.me/+no""#)
                    == "Bad Request: INVITE_HASH_INVALID")
        }
    }

    @Test func `a link of a person is shown in part and is not the bot's to change`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            _ = try await group.stage.updates(Self.updates)
            try await group.boris.act("leave", ["chat": .integer(group.id)])
            let url = try await group.alice.act("link", ["chat": .integer(group.id)])["link"]?.stringValue ?? ""
            try await group.boris.act("join", ["link": .string(url)])
            let change = try await group.stage.updates().compactMap { $0["chat_member"] }.last
            let shown = change?["invite_link"]?["invite_link"]?.string ?? ""
            #expect(shown.hasSuffix("...") && url.hasPrefix(shown.dropLast(3)))
            #expect(
                try await group.call("editChatInviteLink", #""invite_link":"\#(url)""#)
                    == "Bad Request: CHAT_ADMIN_REQUIRED")
        }
    }

    @Test func `who subscribes is a member until the subscription ends`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            try await stage.act(
                "promote", #"{"user":501,"chat":\#(Stage.channel),"member":7001,"role":"administrator"}"#)
            let link = try await stage.call(
                "createChatSubscriptionInviteLink",
                #"{"chat_id":\#(Stage.channel),"subscription_period":2592000,"subscription_price":10}"#)
            try await stage.act("users", #"{"id":503,"first_name":"Carol"}"#)
            try await stage.act("join", #"{"user":503,"link":"\#(link.result["invite_link"]?.string ?? "")"}"#)
            let member = try await stage.call("getChatMember", #"{"chat_id":\#(Stage.channel),"user_id":503}"#)
            #expect(member.result["status"]?.string == "member")
            #expect(member.result["until_date"]?.integer == stage.time.now.seconds + 2_592_000)
        }
    }
}
