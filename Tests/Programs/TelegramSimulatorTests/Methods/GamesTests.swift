import HTTP
import HTTPClient
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct GamesTests {
    @Test func `a game is started by its button, scores are kept and only grow`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call("sendGame", #"{"chat_id":501,"game_short_name":"snake"}"#)
            #expect(sent.result["game"]?["title"]?.string == "snake")
            let button = sent.result["reply_markup"]?["inline_keyboard"]?.array?.first?.array?.first
            #expect(button?["callback_game"]?.isObject == true)
            let id = sent.result["message_id"]?.integer ?? 0
            try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":0}"#)
            let query = try await stage.updates().last?["callback_query"]
            #expect(query?["game_short_name"]?.string == "snake")
            #expect(query?["data"] == nil)
            func score(_ user: Int, _ points: Int, _ more: String = "") async throws -> Stage.Reply {
                try await stage.call(
                    "setGameScore",
                    #"{"chat_id":501,"message_id":\#(id),"user_id":\#(user),"score":\#(points)\#(more)}"#)
            }
            #expect(try await score(501, 30).result["game"]?["text"]?.string == "1. Alice – 30")
            let seen = try await stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(seen?["game"]?["text"]?.string == "1. Alice – 30")
            #expect(try await score(501, 30).description == "Bad Request: BOT_SCORE_NOT_MODIFIED")
            #expect(try await score(501, 20).description == "Bad Request: BOT_SCORE_NOT_MODIFIED")
            #expect(try await score(501, 20, #","force":true"#).status == 200)
            #expect(try await score(502, 50).status == 200)
            #expect(try await score(99, 50).description == "Bad Request: user not found")
            let list = try await stage.call(
                "getGameHighScores", #"{"chat_id":501,"message_id":\#(id),"user_id":501}"#)
            #expect(list.result.array?.compactMap { $0["score"]?.integer } == [50, 20])
            #expect(list.result.array?.first?["user"]?["id"]?.integer == 502)
        }
    }

    @Test func `the first button of a game starts it`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(
                "sendGame",
                #"{"chat_id":501,"game_short_name":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}}"#
            )
            #expect(reply.description == "Bad Request: BUTTON_POS_INVALID")
        }
    }

    @Test func `a bot proposes its rights and keeps them by kind of chat`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let none = try await stage.call("getMyDefaultAdministratorRights")
            #expect(none.result["can_delete_messages"]?.bool == false)
            #expect(none.result["can_post_messages"] == nil)
            let set = #"{"rights":{"can_delete_messages":true,"can_pin_messages":true}}"#
            #expect(try await stage.call("setMyDefaultAdministratorRights", set).status == 200)
            let groups = try await stage.call("getMyDefaultAdministratorRights").result
            #expect(groups["can_delete_messages"]?.bool == true && groups["can_change_info"]?.bool == false)
            let channels = try await stage.call("getMyDefaultAdministratorRights", #"{"for_channels":true}"#).result
            #expect(channels["can_delete_messages"]?.bool == false && channels["can_post_messages"]?.bool == false)
            let odd = try await stage.call(
                "setMyDefaultAdministratorRights", #"{"rights":{"can_delete_messages":"x"}}"#)
            #expect(
                odd.description
                    == #"Bad Request: can't parse ChatAdministratorRights: Field "can_delete_messages" must be of type Boolean"#
            )
        }
    }

    @Test func `a person's photos are counted and paged, newest first`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            #expect(
                try await stage.call("getUserProfilePhotos", #"{"user_id":501}"#).result["total_count"]?.integer == 0)
            for side in [200, 300] {
                _ = try await stage.reply(
                    ClientRequest(
                        .post, "\(stage.url)/sim/photo",
                        body: .multipart([
                            .field("user", "501"),
                            .file("file", bytes: try MediaTests.picture(side, side), fileName: "p.jpg"),
                        ])))
            }
            let photos = try await stage.call("getUserProfilePhotos", #"{"user_id":501,"limit":1}"#).result
            #expect(photos["total_count"]?.integer == 2)
            #expect(photos["photos"]?.array?.count == 1)
            #expect(photos["photos"]?.array?.first?.array?.last?["width"]?.integer == 300)
            #expect(
                try await stage.call("getUserProfilePhotos", "{}").description
                    == "Bad Request: invalid user_id specified")
        }
    }

    @Test func `a prepared message waits for its user to send it`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let result =
                #"{"type":"article","id":"1","title":"T","input_message_content":{"message_text":"prepared"}}"#
            let saved = try await stage.call(
                "savePreparedInlineMessage", #"{"user_id":501,"result":\#(result),"allow_bot_chats":true}"#)
            let id = try #require(saved.result["id"]?.string)
            #expect((saved.result["expiration_date"]?.integer ?? 0) > stage.time.now.seconds)
            let sent = try await stage.act("choose-inline", #"{"user":501,"chat":7001,"query":"\#(id)","result":"1"}"#)
            #expect(sent["message"]?["text"]?.string == "prepared")
            #expect(
                try await stage.call(
                    "savePreparedInlineMessage", #"{"user_id":1,"result":\#(result),"allow_bot_chats":true}"#
                ).description == "Bad Request: user not found")
            #expect(
                try await stage.call("savePreparedInlineMessage", #"{"user_id":501,"result":\#(result)}"#).description
                    == "Bad Request: at least one chat type must be allowed")
            await #expect(throws: Stage.Refused(status: 403, reason: "the message may not go to this chat")) {
                try await stage.act("choose-inline", #"{"user":501,"chat":-4001,"query":"\#(id)","result":"1"}"#)
            }
        }
    }

    @Test func `in groups nobody is asked for a phone number`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            for (button, reason) in [
                (#""request_contact":true"#, "phone number can be requested in private chats only"),
                (#""request_location":true"#, "location can be requested in private chats only"),
                (#""request_users":{"request_id":1}"#, "users can be requested in private chats only"),
            ] {
                let reply = try await stage.call(
                    "sendMessage",
                    #"{"chat_id":-4001,"text":"x","reply_markup":{"keyboard":[[{"text":"a",\#(button)}]]}}"#)
                #expect(reply.description == "Bad Request: \(reason)")
            }
        }
    }

    @Test func `scores belong to the chat, and a list shows who is near`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            var games: [Int64] = []
            for name in ["snake", "snake", "chess"] {
                let sent = try await stage.call("sendGame", #"{"chat_id":501,"game_short_name":"\#(name)"}"#)
                games.append(sent.result["message_id"]?.integer ?? 0)
            }
            func score(_ game: Int, _ user: Int, _ points: Int) async throws -> String? {
                try await stage.call(
                    "setGameScore",
                    #"{"chat_id":501,"message_id":\#(games[game]),"user_id":\#(user),"score":\#(points)}"#
                ).description
            }
            #expect(try await score(0, 501, 40) == nil)
            #expect(try await score(1, 501, 1) == "Bad Request: BOT_SCORE_NOT_MODIFIED")
            #expect(try await score(2, 501, 1) == nil)
            for place in 1...9 {
                try await stage.act("users", #"{"id":\#(600 + place),"first_name":"P\#(place)"}"#)
                #expect(try await score(place % 2, 600 + place, 100 - place) == nil)
            }
            func places(_ user: Int) async throws -> [Int64] {
                let list = try await stage.call(
                    "getGameHighScores", #"{"chat_id":501,"message_id":\#(games[1]),"user_id":\#(user)}"#)
                return list.result.array?.compactMap { $0["position"]?.integer } ?? []
            }
            #expect(try await places(607) == [1, 2, 3, 5, 6, 7, 8, 9])
            #expect(try await places(501) == [1, 2, 3, 8, 9, 10])
            #expect(try await places(601) == [1, 2, 3])
            #expect(try await places(502) == [1, 2, 3])
        }
    }

    @Test func `a channel has no games`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            let sent = try await stage.call("sendGame", #"{"chat_id":\#(Stage.channel),"game_short_name":"x"}"#)
            #expect(sent.description == "Bad Request: CHAT_SEND_GAME_FORBIDDEN")
        }
    }
}
