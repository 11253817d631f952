import JSON
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct MemberMethodsTests {
    private static let restrictions =
        #""allowed_updates":["message","chat_member","my_chat_member","chat_join_request"]"#

    @Test func `a ban, its end and its update`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            _ = try await group.stage.updates("{\(Self.restrictions)}")
            #expect(try await group.call("banChatMember", #""user_id":502"#) == "ok")
            #expect(try await group.status(of: 502) == "kicked")
            let update = try #require(try await group.last()?["chat_member"])
            #expect(update["old_chat_member"]?["status"]?.string == "member")
            #expect(update["new_chat_member"]?["status"]?.string == "kicked")
            #expect(update["new_chat_member"]?["until_date"]?.integer == 0)
            #expect(update["from"]?["id"]?.integer == Stage.bot)
            await #expect(throws: SimulatedPerson.Trouble.self) { try await group.boris.say("x", to: group.id) }
            #expect(try await group.call("banChatMember", #""user_id":502"#) == "ok")
            #expect(try await group.call("unbanChatMember", #""user_id":502,"only_if_banned":true"#) == "ok")
            #expect(try await group.status(of: 502) == "left")
            #expect(try await group.call("unbanChatMember", #""user_id":502"#) == "ok")
        }
    }

    @Test func `a ban for a time ends by itself; too short a time is for ever`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            let now = group.stage.time.now.seconds
            _ = try await group.call("banChatMember", #""user_id":502,"until_date":\#(now + 60)"#)
            #expect(try await group.status(of: 502) == "kicked")
            group.stage.time.advance(by: .seconds(61))
            #expect(try await group.status(of: 502) == "left")
            _ = try await group.call("banChatMember", #""user_id":502,"until_date":\#(now + 70)"#)
            group.stage.time.advance(by: .seconds(500))
            #expect(try await group.status(of: 502) == "kicked")
        }
    }

    @Test func `unbanning a member removes them, and they may return`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call("unbanChatMember", #""user_id":502,"only_if_banned":true"#) == "ok")
            #expect(try await group.status(of: 502) == "member")
            #expect(try await group.call("unbanChatMember", #""user_id":502"#) == "ok")
            #expect(try await group.status(of: 502) == "left")
            try await group.boris.act("join", ["chat": .integer(group.id)])
            #expect(try await group.status(of: 502) == "member")
        }
    }

    @Test(
        arguments: [
            ("banChatMember", #""user_id":0"#, "Bad Request: invalid user_id specified"),
            ("banChatMember", #""user_id":"x""#, "Bad Request: invalid user_id specified"),
            ("banChatMember", #""user_id":99"#, "Bad Request: member not found"),
            ("banChatMember", #""user_id":501"#, "Bad Request: can't remove chat owner"),
            ("banChatMember", #""user_id":7001"#, "Bad Request: can't restrict self"),
            ("unbanChatMember", #""user_id":501"#, "Bad Request: can't remove chat owner"),
            ("restrictChatMember", #""user_id":501,"permissions":{}"#, "Bad Request: can't remove chat owner"),
            ("restrictChatMember", #""user_id":7001,"permissions":{}"#, "Bad Request: can't restrict self"),
            (
                "restrictChatMember", #""user_id":502,"permissions":"[""#,
                "Bad Request: can't parse permissions JSON object"
            ),
            (
                "restrictChatMember", #""user_id":502,"permissions":true"#,
                "Bad Request: object expected as permissions"
            ),
            (
                "restrictChatMember", #""user_id":502,"permissions":{"can_send_photos":"yes"}"#,
                #"Bad Request: can't parse chat permissions: Field "can_send_photos" must be of type Boolean"#
            ),
            ("promoteChatMember", #""user_id":501,"can_pin_messages":true"#, "Bad Request: can't remove chat owner"),
            ("promoteChatMember", #""user_id":7001,"can_pin_messages":true"#, "Bad Request: can't promote self"),
            ("promoteChatMember", #""user_id":99,"can_pin_messages":true"#, "Bad Request: member not found"),
            (
                "setChatAdministratorCustomTitle", #""user_id":502,"custom_title":"x""#,
                "Bad Request: user is not an administrator"
            ),
            (
                "setChatAdministratorCustomTitle", #""user_id":501,"custom_title":"x""#,
                "Bad Request: only creator can edit their custom title"
            ),
            (
                "setChatAdministratorCustomTitle", #""user_id":7001,"custom_title":"x""#,
                "Bad Request: not enough rights to change custom title of the user"
            ),
            ("setChatPermissions", #""permissions":"[""#, "Bad Request: can't parse permissions JSON object"),
            ("getChatMember", #""user_id":99"#, "Bad Request: member not found"),
            ("banChatSenderChat", "", "Bad Request: sender_chat_id is empty"),
            ("banChatSenderChat", #""sender_chat_id":-1"#, "Bad Request: chat not found"),
        ] as [(String, String, String)])
    func `refusals to an administrator with all rights`(
        method: String, fields: String, description: String
    ) async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call(method, fields) == description)
        }
    }

    @Test(
        arguments: [
            (
                "banChatMember", #""user_id":502"#,
                "Bad Request: not enough rights to restrict/unrestrict chat member"
            ),
            (
                "unbanChatMember", #""user_id":502"#,
                "Bad Request: not enough rights to restrict/unrestrict chat member"
            ),
            (
                "restrictChatMember", #""user_id":502,"permissions":{}"#,
                "Bad Request: not enough rights to restrict/unrestrict chat member"
            ),
            ("promoteChatMember", #""user_id":502,"can_pin_messages":true"#, "Bad Request: not enough rights"),
            ("setChatPermissions", #""permissions":{}"#, "Bad Request: not enough rights to change chat permissions"),
            ("setChatTitle", #""title":"x""#, "Bad Request: not enough rights to change chat title"),
            ("setChatDescription", #""description":"x""#, "Bad Request: not enough rights to set chat description"),
            ("deleteChatPhoto", "", "Bad Request: not enough rights to change chat photo"),
            ("exportChatInviteLink", "", "Bad Request: not enough rights to manage chat invite link"),
            ("createChatInviteLink", "", "Bad Request: not enough rights to manage chat invite link"),
            (
                "approveChatJoinRequest", #""user_id":502"#,
                "Bad Request: not enough rights to manage chat join requests"
            ),
            (
                "banChatSenderChat", #""sender_chat_id":-1001000004002"#,
                "Bad Request: not enough rights to restrict/unrestrict chat member"
            ),
        ] as [(String, String, String)])
    func `refusals to an ordinary member`(method: String, fields: String, description: String) async throws {
        try await GroupStage.run(isAdministrator: false) { (group: GroupStage) async throws -> Void in
            #expect(try await group.call(method, fields) == description)
        }
    }

    @Test(
        arguments: [
            ("banChatMember", #""user_id":501"#, "Bad Request: can't ban members in private chats"),
            (
                "unbanChatMember", #""user_id":501"#,
                "Bad Request: method is available for supergroup and channel chats only"
            ),
            (
                "restrictChatMember", #""user_id":501,"permissions":{}"#,
                "Bad Request: method is available only for supergroups"
            ),
            (
                "promoteChatMember", #""user_id":501"#,
                "Bad Request: method is available for supergroup and channel chats only"
            ),
            (
                "setChatAdministratorCustomTitle", #""user_id":501"#,
                "Bad Request: method is available only for supergroups"
            ),
            ("setChatPermissions", "", "Bad Request: can't change private chat permissions"),
            ("setChatTitle", #""title":"x""#, "Bad Request: can't change private chat title"),
            ("setChatDescription", "", "Bad Request: can't change private chat description"),
            ("deleteChatPhoto", "", "Bad Request: can't change private chat photo"),
            ("setChatPhoto", "", "Bad Request: there is no photo in the request"),
            ("setChatPhoto", #""photo":"AgAC""#, "Bad Request: photo must be uploaded as an InputFile"),
            ("exportChatInviteLink", "", "Bad Request: can't invite members to a private chat"),
            ("approveChatJoinRequest", #""user_id":502"#, "Bad Request: the chat can't have join requests"),
            ("leaveChat", "", "Bad Request: can't leave private chats"),
            ("getChatAdministrators", "", "Bad Request: there are no administrators in the private chat"),
        ] as [(String, String, String)])
    func `refusals in private chats`(method: String, fields: String, description: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(method, #"{"chat_id":501\#(fields.isEmpty ? "" : ",")\#(fields)}"#)
            #expect(reply.description == description)
            #expect(reply.status == 400)
        }
    }

    @Test func `a restriction says what is lost, holds for people and ends`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            let now = group.stage.time.now.seconds
            let call =
                #""user_id":502,"until_date":\#(now + 100),"permissions":{"can_send_messages":true,"can_send_photos":true}"#
            #expect(try await group.call("restrictChatMember", call) == "ok")
            let member = try await group.result("getChatMember", #""user_id":502"#)
            #expect(member["status"]?.string == "restricted")
            #expect(member["is_member"]?.bool == true)
            #expect(member["can_send_messages"]?.bool == true)
            #expect(member["can_send_photos"]?.bool == true)
            #expect(member["can_send_videos"]?.bool == false)
            #expect(member["can_react_to_messages"]?.bool == true)
            #expect(member["until_date"]?.integer == now + 100)
            try await group.boris.say("a word", to: group.id)
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await group.boris.send([1, 2, 3], named: "a.pdf", kind: "document", to: group.id)
            }
            group.stage.time.advance(by: .seconds(101))
            #expect(try await group.status(of: 502) == "member")
            try await group.boris.send([1, 2, 3], named: "a.pdf", kind: "document", to: group.id)
        }
    }

    @Test(
        arguments: [
            (#"{"can_send_polls":true}"#, ["can_send_messages", "can_send_polls"]),
            (
                #"{"can_send_other_messages":true}"#,
                [
                    "can_send_audios", "can_send_documents", "can_send_messages", "can_send_other_messages",
                    "can_send_photos", "can_send_video_notes", "can_send_videos", "can_send_voice_notes",
                ]
            ), (#"{"can_send_polls":true},"use_independent_chat_permissions":true"#, ["can_send_polls"]),
        ] as [(String, [String])])
    func `permissions bring others with them unless they are independent`(
        permissions: String, granted: [String]
    ) async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call("setChatPermissions", #""permissions":\#(permissions)"#) == "ok")
            let chat = try await group.result("getChat")
            let names = Rights.ordinary.filter { chat["permissions"]?[$0]?.bool == true }
            #expect(names.sorted() == granted)
        }
    }

    @Test func `an administrator whom the bot made can be changed by it, others cannot`() async throws {
        try await GroupStage.run(denied: ["can_pin_messages"]) { (group: GroupStage) async throws -> Void in
            #expect(
                try await group.call("promoteChatMember", #""user_id":502,"can_pin_messages":true"#)
                    == "Bad Request: RIGHT_FORBIDDEN")
            #expect(try await group.call("promoteChatMember", #""user_id":502,"can_delete_messages":true"#) == "ok")
            let member = try await group.result("getChatMember", #""user_id":502"#)
            #expect(member["status"]?.string == "administrator")
            #expect(member["can_be_edited"]?.bool == true)
            #expect(member["can_delete_messages"]?.bool == true)
            #expect(member["can_manage_chat"]?.bool == true)
            #expect(member["can_restrict_members"]?.bool == false)
            #expect(
                try await group.call("banChatMember", #""user_id":502"#)
                    == "Bad Request: user is an administrator of the chat")
            let title = #""user_id":502,"custom_title":"#
            #expect(try await group.call("setChatAdministratorCustomTitle", title + #""Gardener""#) == "ok")
            #expect(
                try await group.result("getChatMember", #""user_id":502"#)["custom_title"]?.string == "Gardener")
            #expect(
                try await group.call("setChatAdministratorCustomTitle", title + #""🌱""#)
                    == "Bad Request: CUSTOM_TITLE_EMOJI_NOT_ALLOWED")
            #expect(
                try await group.call("setChatAdministratorCustomTitle", title + #""seventeen letters""#)
                    == "Bad Request: CUSTOM_TITLE_INVALID")
            #expect(try await group.call("promoteChatMember", #""user_id":502"#) == "ok")
            #expect(try await group.status(of: 502) == "member")
            try await group.alice.promote(Stage.boris, in: group.id, to: "administrator")
            #expect(
                try await group.call("promoteChatMember", #""user_id":502"#) == "Bad Request: CHAT_ADMIN_REQUIRED")
        }
    }

    @Test func `a basic group knows no bans and no restrictions`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            func call(_ method: String, _ user: Int64) async throws -> String? {
                try await stage.call(method, #"{"chat_id":-4001,"user_id":\#(user),"permissions":{}}"#).description
            }
            #expect(try await call("banChatMember", 502) == "Bad Request: CHAT_ADMIN_REQUIRED")
            try await stage.act("promote", #"{"user":501,"chat":-4001,"member":7001,"role":"administrator"}"#)
            #expect(
                try await call("restrictChatMember", 502) == "Bad Request: method is available only for supergroups")
            #expect(
                try await call("unbanChatMember", 502)
                    == "Bad Request: method is available for supergroup and channel chats only")
            #expect(try await call("banChatMember", 503) == "Bad Request: USER_NOT_PARTICIPANT")
            #expect(try await call("banChatMember", 502) == nil)
            let member = try await stage.call("getChatMember", #"{"chat_id":-4001,"user_id":502}"#)
            #expect(member.result["status"]?.string == "left")
        }
    }

    @Test func `a channel that is banned cannot be written as`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            try await group.alice.say("x", to: group.id, as: Stage.channel)
            #expect(try await group.call("banChatSenderChat", #""sender_chat_id":"@quartet_news""#) == "ok")
            await #expect(throws: SimulatedPerson.Trouble.self) {
                try await group.alice.say("x", to: group.id, as: Stage.channel)
            }
            #expect(
                try await group.call("unbanChatSenderChat", #""sender_chat_id":\#(Stage.channel)"#) == "ok")
            try await group.alice.say("x", to: group.id, as: Stage.channel)
        }
    }

    @Test func `changes of others reach administrators that ask for them, and nobody else`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            try await group.alice.kick(Stage.boris, from: group.id)
            #expect(try await group.stage.updates().allSatisfy { $0["chat_member"] == nil })
            _ = try await group.stage.updates("{\(Self.restrictions)}")
            try await group.alice.act("unban", ["chat": .integer(group.id), "member": 502])
            #expect(try await group.last()?["chat_member"]?["new_chat_member"]?["status"]?.string == "left")
            try await group.alice.promote(Stage.bot, in: group.id, to: "member")
            let last = try await group.last()
            #expect(last?["my_chat_member"]?["new_chat_member"]?["status"]?.string == "member")
            try await group.boris.act("join", ["chat": .integer(group.id)])
            #expect(try await group.last()?["message"]?["new_chat_members"] != nil)
        }
    }
}
